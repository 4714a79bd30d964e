package dev.purser.wire.dialect;

import dev.purser.api.Usage;
import dev.purser.api.UsageKind;

/**
 * Makes disjoint kinds of an input of which it is told how much was cached, and how much was sound and
 * pictures, where the two overlap.
 */
final class InputKinds {

  private InputKinds() {}

  /**
   * Adds the kinds of an input. Where it is not said what the cached part was, text is taken to be cached
   * first, since the rest is dearer; video from the cache costs what text from it does.
   *
   * @param total all tokens read
   * @param cached how many of them were cached
   * @param parts all of them by what they were
   * @param cachedParts the cached ones by what they were
   */
  static void add(
      long total, long cached, Modalities parts, Modalities cachedParts, Usage.Builder kinds) {
    long ofCache = Math.min(total, cached);
    long cachedAudio = Math.min(ofCache, Math.min(parts.audio(), cachedParts.audio()));
    long cachedImage =
        Math.min(ofCache - cachedAudio, Math.min(parts.image(), cachedParts.image()));
    long cachedVideo =
        Math.min(ofCache - cachedAudio - cachedImage, Math.min(parts.video(), cachedParts.video()));

    long fresh = total - ofCache;
    long audio = Math.min(fresh, parts.audio() - cachedAudio);
    long video = Math.min(fresh - audio, parts.video() - cachedVideo);
    long image = Math.min(fresh - audio - video, parts.image() - cachedImage);

    // More sound or pictures than were fresh can only have been cached.
    long left = ofCache - cachedAudio - cachedImage - cachedVideo;
    long moreAudio = Math.min(left, parts.audio() - cachedAudio - audio);
    long moreImage = Math.min(left - moreAudio, parts.image() - cachedImage - image);
    kinds
        .add(UsageKind.INPUT, fresh - audio - video - image)
        .add(UsageKind.INPUT_AUDIO, audio)
        .add(UsageKind.INPUT_VIDEO, video)
        .add(UsageKind.INPUT_IMAGE, image)
        .add(UsageKind.CACHE_READ, left - moreAudio - moreImage + cachedVideo)
        .add(UsageKind.CACHE_READ_AUDIO, cachedAudio + moreAudio)
        .add(UsageKind.CACHE_READ_IMAGE, cachedImage + moreImage);
  }
}

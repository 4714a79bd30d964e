package dev.purser.core.estimate;

import dev.purser.api.Prompt.Media;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Anthropic's rules: an image takes a token for each 28 pixels squared ("Vision",
 * platform.claude.com/docs/en/build-with-claude/vision, 2026; earlier width × height / 750), after it
 * was scaled down to 1,568 pixels and about 1,600 tokens, or 2,576 pixels and 4,784 tokens for Claude
 * 4.7 and later. A page of a PDF takes up to 3,000 tokens of text and an image ("PDF support").
 */
final class ClaudeMedia implements MediaTokens {

  static final MediaTokens RULES = new ClaudeMedia();

  private static final int PATCH = 28;
  private static final int PIXELS_A_TOKEN = 750;
  private static final long STANDARD_TOKENS = 1_600;
  private static final int STANDARD_EDGE = 1_568;
  private static final long HIGH_TOKENS = 4_784;
  private static final int HIGH_EDGE = 2_576;
  private static final long PAGE_TEXT = 3_000;

  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})(?:[-.](\\d{1,2})(?!\\d))?");

  private ClaudeMedia() {}

  /** Whether a model is older than 4.7; one without a version is taken for the newest. */
  static boolean isStandard(String model) {
    Matcher version = VERSION.matcher(model);
    if (!version.find()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    String minor = version.group(2);
    return major < 4 || (major == 4 && (minor == null || Integer.parseInt(minor) < 7));
  }

  @Override
  public long image(String model, Media image) {
    boolean standard = isStandard(model);
    long most = standard ? STANDARD_TOKENS : HIGH_TOKENS;
    if (image.width() <= 0 || image.height() <= 0) {
      return most;
    }
    long width = image.width();
    long height = image.height();
    long edge = standard ? STANDARD_EDGE : HIGH_EDGE;
    long longest = Math.max(width, height);
    if (longest > edge) {
      width = MediaLength.ceilDiv(width * edge, longest);
      height = MediaLength.ceilDiv(height * edge, longest);
    }
    long patches = MediaLength.ceilDiv(width, PATCH) * MediaLength.ceilDiv(height, PATCH);
    return Math.min(most, Math.max(patches, MediaLength.ceilDiv(width * height, PIXELS_A_TOKEN)));
  }

  /** Claude hears nothing; what is sent all the same may be refused, or counted by somebody else. */
  @Override
  public long audioSecond() {
    return GeminiMedia.AUDIO_SECOND;
  }

  @Override
  public long page(String model, Media document) {
    return PAGE_TEXT + (isStandard(model) ? STANDARD_TOKENS : HIGH_TOKENS);
  }
}

package dev.purser.core;

import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import dev.purser.api.MintedKey;
import dev.purser.api.VirtualKey;
import dev.purser.core.key.KeyRing;
import dev.purser.core.pipeline.Pipeline;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The virtual keys of a guard. Safe for use by several threads; what is done holds from the next call
 * on, and leaves a {@link ControlRecord}. A journal brings keys that are minted here back after a
 * restart; without one they live as long as the guard.
 */
public final class Keys {

  private final KeyRing ring;
  private final Pipeline pipeline;
  private final InstantSource clock;

  Keys(KeyRing ring, Pipeline pipeline, InstantSource clock) {
    this.ring = ring;
    this.pipeline = pipeline;
    this.clock = clock;
  }

  /** Returns all keys, also those that are not valid any more, by name. */
  public List<VirtualKey> list() {
    return ring.all();
  }

  /**
   * Makes a key, and a secret that opens it.
   *
   * @param key its name, what it may call, and whom it counts for
   * @param by who does it
   * @throws IllegalArgumentException if there is a key of that name, or this one is opened by a secret,
   *     revoked or expired already; or if nobody does it
   */
  public MintedKey mint(VirtualKey key, String by) {
    Instant now = clock.instant();
    String giver = Said.filled("by", by);
    MintedKey minted = ring.mint(key, now);
    pipeline.control(controlled(Kind.KEY_MINTED, minted.key(), giver, "", now), minted.key());
    return minted;
  }

  /**
   * Gives a key a new secret. The ones before open it for a while longer, so that whoever uses it can
   * change over without a failed call.
   *
   * @param overlap how much longer; zero for not at all
   * @throws IllegalArgumentException if there is no such key, the overlap is negative or has no end, or
   *     nobody does it, or for no reason
   * @throws IllegalStateException if the key was revoked, or stands in the configuration
   */
  public MintedKey rotate(String name, Duration overlap, String by, String why) {
    Instant now = clock.instant();
    Said.whoAndWhy(by, why);
    Instant until = endOf(now, overlap);
    MintedKey minted = ring.rotate(name, now, until);
    pipeline.keysChanged();
    pipeline.control(
        controlled(Kind.KEY_ROTATED, minted.key(), by, why, now)
            .with("earlier_secrets_until", until),
        minted.key());
    return minted;
  }

  /**
   * Ends the validity of a key for good, whatever the configuration says. Open calls go on; {@link
   * Purser#freeze} cuts them.
   *
   * @return false if it was revoked before
   * @throws IllegalArgumentException if there is no such key, or nobody does it, or for no reason
   */
  public boolean revoke(String name, String by, String why) {
    Instant now = clock.instant();
    Said.whoAndWhy(by, why);
    boolean revoked = ring.revoke(name, now);
    if (revoked) {
      pipeline.keysChanged();
      pipeline.control(ControlRecord.of(Kind.KEY_REVOKED, name, by, why, now), ring.named(name));
    }
    return revoked;
  }

  private static Instant endOf(Instant now, Duration overlap) {
    if (overlap.isNegative()) {
      throw new IllegalArgumentException("negative overlap: " + overlap);
    }
    try {
      return now.plus(overlap);
    } catch (ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException("the overlap has no end: " + overlap, e);
    }
  }

  private static ControlRecord controlled(
      Kind kind, VirtualKey key, String by, String why, Instant at) {
    String newest = key.locks().get(key.locks().size() - 1).hash().id();
    return ControlRecord.of(kind, key.name(), by, why, at).with("secret_id", newest);
  }
}

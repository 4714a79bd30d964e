package dev.purser.core.pipeline;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Names calls: unique among all guards by a random prefix, among the calls of one by a count. */
final class CallIds {

  private final String prefix =
      Long.toUnsignedString(new SecureRandom().nextLong(), Character.MAX_RADIX) + "-";
  private final AtomicLong count = new AtomicLong();

  String next() {
    return prefix + count.incrementAndGet();
  }
}

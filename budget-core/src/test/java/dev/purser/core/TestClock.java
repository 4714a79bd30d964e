package dev.purser.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that only a test moves. */
final class TestClock implements InstantSource {

  private final AtomicReference<Instant> now;

  TestClock(String start) {
    now = new AtomicReference<>(Instant.parse(start));
  }

  void forward(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }
}

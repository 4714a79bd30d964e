package dev.purser.anthropic;

/** Throws what Kotlin may throw and Java would have to declare. */
final class Thrown {

  private Thrown() {}

  /** Throws a throwable as it is; returns nothing, for {@code throw Thrown.as(e)}. */
  static RuntimeException as(Throwable thrown) {
    throw Thrown.<RuntimeException>sneaky(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}

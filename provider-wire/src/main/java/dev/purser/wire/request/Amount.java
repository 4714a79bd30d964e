package dev.purser.wire.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.json.JsonSlice;
import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Amounts that a request asks for. */
final class Amount {

  /** More is nothing a model writes: a cap like this is a mistake, and no cap. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

  private Amount() {}

  /** Some servers take a number in quotes for the number. */
  static @Nullable BigDecimal lenient(JsonSlice value) {
    String text = value.text();
    return text == null
        ? value.number()
        : JsonSlice.document(text.strip().getBytes(UTF_8)).number();
  }

  /** Returns a whole number above zero, or empty if this is none. */
  static OptionalLong positive(@Nullable BigDecimal number) {
    if (number == null || number.signum() <= 0 || number.compareTo(LARGEST) > 0) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty(); // a fraction of a token: not a cap that anybody honours
    }
  }
}

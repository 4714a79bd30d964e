package dev.purser.clients;

import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a client's exception tells of a refusal, wherever in its causes it stands. */
final class Facts {

  private Facts() {}

  static Optional<Refusal> refusal(Throwable thrown, Function<Throwable, String> text) {
    return first(
        thrown,
        each -> each instanceof BudgetExceededException refused
            ? Optional.of(refused.refusal())
            : Refusal.parse(text.apply(each)));
  }

  static Optional<Denial> denial(Throwable thrown, Function<Throwable, String> text) {
    return first(
        thrown,
        each -> each instanceof CallDeniedException denied
            ? Optional.of(denied.denial())
            : Denial.parse(text.apply(each)));
  }

  private static <T> Optional<T> first(Throwable thrown, Function<Throwable, Optional<T>> look) {
    @Nullable Throwable each = thrown;
    while (each != null) {
      Optional<T> found = look.apply(each);
      if (found.isPresent()) {
        return found;
      }
      each = each.getCause();
    }
    return Optional.empty();
  }
}

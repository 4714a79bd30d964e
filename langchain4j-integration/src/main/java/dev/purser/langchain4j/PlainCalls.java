package dev.purser.langchain4j;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.CallRefusedException;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that are no chats: answered as a whole, and sent as they were asked. */
final class PlainCalls {

  private final Admissions admissions;
  private final String api;

  PlainCalls(BudgetGuard guard, CallOptions options, String api) {
    admissions = new Admissions(guard, options);
    this.api = api;
  }

  CallOptions options() {
    return admissions.options();
  }

  /**
   * Makes a call that only reads.
   *
   * @param several whether it may be sent as more requests than one
   * @param ending charges what the answer says
   * @throws CallRefusedException if it may not be made
   */
  <T> T read(
      ModelId model,
      Prompt prompt,
      boolean several,
      Supplier<T> sending,
      BiConsumer<HeldCall, T> ending) {
    if (admissions.made(model)) {
      return sending.get();
    }
    HeldCall call = admit(intent(model, prompt).outputCap(0));
    if (several) {
      call.isSeveral();
    }
    return make(call, sending, ending);
  }

  /**
   * Makes a call that is answered with so many pictures.
   *
   * @param ending charges what the answer says
   * @throws CallRefusedException if it may not be made
   */
  <T> T draw(
      ModelId model,
      Prompt prompt,
      int pictures,
      Supplier<T> sending,
      BiConsumer<HeldCall, T> ending) {
    return admissions.made(model)
        ? sending.get()
        : make(admit(intent(model, prompt).choices(pictures)), sending, ending);
  }

  private CallIntent.Builder intent(ModelId model, Prompt prompt) {
    return CallIntent.builder(model)
        .api(api)
        .attribution(options().whole(Attribution.NONE))
        .prompt(prompt)
        .maxWait(options().maxWait());
  }

  private HeldCall admit(CallIntent.Builder intent) {
    return admissions.held(Admissions.admitted(admissions.ask(intent.build())));
  }

  private static <T> T make(HeldCall call, Supplier<T> sending, BiConsumer<HeldCall, T> ending) {
    return Failure.retold(() -> call.make(sending, answer -> {
      if (!Faults.run("the answer", () -> ending.accept(call, answer))) {
        call.abandon(AbandonReason.MALFORMED_ANSWER, null);
      }
      call.ended();
    }));
  }

  /** Charges a usage, or the bound of the input where none is stated. */
  static void charge(HeldCall call, @Nullable Usage usage, @Nullable ModelId answeredBy) {
    if (usage == null) {
      call.abandon(AbandonReason.NO_USAGE, readOnly(answeredBy));
    } else {
      call.settle(new Settlement(usage, answeredBy, null, null));
    }
  }

  private static SeenUsage readOnly(@Nullable ModelId answeredBy) {
    return new SeenUsage(Usage.NONE, false, true, 0, false, answeredBy, null, null);
  }
}

package dev.purser.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.purser.api.Admission;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallRefusedException;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has chats admitted to one of several model objects: a guard chooses. Safe for use by several threads.
 *
 * @param <M> the kind of model
 */
record RoutedChats<M>(Targets<M> targets, Admissions admissions) {

  /** So often the guard may choose a model whose own cap, or tools, are not what was held for. */
  private static final int HOLDS = 3;

  /** An attempt that may leave, and where to. */
  record Routed<M>(Target<M> to, ReadyChat chat) {}

  /** Returns the model that makes a call which a wrapped model around this one has had admitted, or null. */
  @Nullable Target<M> made(ChatRequest request) {
    Target<M> asked = targets.asked(request);
    return admissions.made(asked.id()) ? asked : null;
  }

  /**
   * Returns an attempt that may leave.
   *
   * @param tried the models that failed, the first first
   * @throws CallRefusedException if it may not be made, or with no other model
   */
  Routed<M> next(ChatRequest request, List<ModelId> tried, boolean stream) {
    Target<M> asked = targets.asked(request);
    Target<M> expected = asked;
    for (int holds = 0; holds < HOLDS; holds++) {
      ChatCall held = expected.call(request);
      Admission.Admitted admitted = ask(asked.id(), held, request, tried, stream, true);
      Target<M> to = targets.of(admitted.model());
      ChatCall sent = to == null ? null : to.call(request);
      if (to != null && sent != null && sent.costsLike(held)) {
        ChatRequest fitted = Faults.ask("the request", () -> sent.fitted(admitted));
        if (fitted != null) {
          return new Routed<>(to, ReadyChat.of(admissions, admitted, fitted));
        }
      }
      // What the money is held for cannot be sent; what can be sent needs a hold of its own.
      Faults.run("the release", admitted.reservation()::release);
      expected = to == null ? asked : to;
    }
    ChatCall last = expected.call(request);
    Admission.Admitted admitted = ask(expected.id(), last, request, tried, stream, false);
    return new Routed<>(expected, ReadyChat.of(admissions, admitted, last.request()));
  }

  private Admission.Admitted ask(
      ModelId asked,
      ChatCall held,
      ChatRequest request,
      List<ModelId> tried,
      boolean stream,
      boolean adjustable) {
    Admission.Admitted admitted = Admissions.admitted(
        admissions.ask(held.intent(asked, admissions.options(), stream, 1, adjustable)
            .reach(id -> targets.reach(id, request))
            .tried(tried)
            .build()));
    if (tried.contains(admitted.model())) {
      // A guard that does not choose, or that has failed.
      Faults.run("the release", admitted.reservation()::release);
      throw new CallDeniedException(new Denial(Denial.Reason.NO_CANDIDATE, "", null, ""));
    }
    return admitted;
  }
}

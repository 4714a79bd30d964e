package dev.purser.okhttp;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.PassingCall;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/** A guard that records what it is asked, and every ending, even one too many. */
final class RecordingGuard implements BudgetGuard {

  final List<CallIntent> intents = new CopyOnWriteArrayList<>();
  final List<UnmeteredCall> unmetered = new CopyOnWriteArrayList<>();
  final List<Ending> endings = new CopyOnWriteArrayList<>();
  final List<Thread> carriers = new CopyOnWriteArrayList<>();
  private static final Admission NO_CANDIDATE =
      new Admission.Denied(new Denial(Denial.Reason.NO_CANDIDATE, "", null, "all were tried"));
  private volatile Function<CallIntent, Admission> policy = this::admitted;

  /** How a reservation ended: with a settlement, a reason, or neither when it was released. */
  record Ending(Settlement settlement, AbandonReason reason) {
    static final Ending RELEASED = new Ending(null, null);

    static Ending abandoned(AbandonReason reason) {
      return new Ending(null, reason);
    }

    Usage usage() {
      return settlement == null ? null : settlement.usage();
    }
  }

  void answer(Function<CallIntent, Admission> policy) {
    this.policy = policy;
  }

  void refuse(Refusal refusal) {
    policy = intent -> new Admission.Refused(refusal);
  }

  void cap(long tokens) {
    policy =
        intent -> new Admission.Admitted(new Recorded(), intent.model(), OptionalLong.of(tokens));
  }

  /** Chooses the first of these that the call can be sent to and that was not tried. */
  void route(ModelId... candidates) {
    policy = intent -> Stream.of(candidates)
        .filter(each -> intent.reaches(each) && !intent.tried().contains(each))
        .findFirst()
        .<Admission>map(each -> new Admission.Admitted(new Recorded(), each, OptionalLong.empty()))
        .orElse(NO_CANDIDATE);
  }

  Admission admitted(CallIntent intent) {
    if (!intent.tried().isEmpty()) {
      return NO_CANDIDATE;
    }
    return new Admission.Admitted(new Recorded(), intent.model(), OptionalLong.empty());
  }

  Reservation reservation() {
    return new Recorded();
  }

  CallIntent onlyIntent() {
    if (intents.size() != 1) {
      throw new AssertionError("not one call but " + intents);
    }
    return intents.get(0);
  }

  @Override
  public Admission admit(CallIntent intent) {
    intents.add(intent);
    return policy.apply(intent);
  }

  @Override
  public Admission pass(PassingCall call) {
    return BudgetGuard.noop().pass(call);
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    unmetered.add(call);
  }

  private final class Recorded implements Reservation {
    @Override
    public String id() {
      return "recorded";
    }

    @Override
    public Usd reserved() {
      return Usd.of("1");
    }

    @Override
    public void carriedBy(Thread thread) {
      carriers.add(thread);
    }

    @Override
    public boolean settle(Settlement settlement) {
      return endings.add(new Ending(settlement, null));
    }

    @Override
    public boolean release() {
      return endings.add(Ending.RELEASED);
    }

    @Override
    public boolean abandon(AbandonReason reason) {
      return endings.add(Ending.abandoned(reason));
    }
  }
}

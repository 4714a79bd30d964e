package dev.purser.core;

import static dev.purser.core.Guard.GPT_4O;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Denial.Reason;
import dev.purser.api.Dimension;
import dev.purser.api.MintedKey;
import dev.purser.api.ModelId;
import dev.purser.api.PassingCall;
import dev.purser.api.Reservation;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a virtual key lets a call do, and whom it counts for. */
class KeysTest {

  private final List<ControlRecord> done = new CopyOnWriteArrayList<>();
  private final Guard guard = new Guard(builder -> Guard.with(
      builder.owner("dana").sink(new RecordSink() {
        @Override
        public void accept(SpendRecord record) {}

        @Override
        public void control(ControlRecord record) {
          done.add(record);
        }
      }),
      Budget.daily("tripwire", Usd.of("1")).per(Dimension.KEY),
      Budget.daily("teams", Usd.of("1")).per(Dimension.TEAM)));
  private final Keys keys = guard.purser.keys();

  private static CallIntent.Builder call(Secret secret) {
    return Guard.call(1_000).credential(Credential.of(secret.reveal()));
  }

  private Denial denial(CallIntent.Builder call) {
    Admission admission = guard.admit(call);
    assertThat(admission).isInstanceOf(Admission.Denied.class);
    return ((Admission.Denied) admission).denial();
  }

  @Test
  void itsCallsCountForItsNameAndTeamWhateverTheySay() {
    MintedKey alice = keys.mint(VirtualKey.named("alice").team("platform"), "dana");
    try (AttributionScope scope = Attribution.key("bob").team("research").open()) {
      guard.hold(call(alice.secret())).settle(Usage.ofTokens(0, 100));
      assertThat(scope.spent()).isEqualTo(Usd.of("0.001"));
    }
    assertThat(guard.balance("tripwire", "key=alice").settled()).isEqualTo(1_000_000);
    assertThat(guard.balance("teams", "team=platform").settled()).isEqualTo(1_000_000);
    assertThat(guard.balance("tripwire", "key=bob").settled()).isZero();
  }

  @Test
  void spendGoesOnUnderTheSameNameAfterARotation() {
    MintedKey first = keys.mint(VirtualKey.named("alice"), "dana");
    guard.hold(call(first.secret())).settle(Usage.ofTokens(0, 100));
    MintedKey second = keys.rotate("alice", Duration.ofHours(1), "dana", "quarterly");
    guard.hold(call(first.secret())).settle(Usage.ofTokens(0, 100));
    guard.hold(call(second.secret())).settle(Usage.ofTokens(0, 100));
    guard.clock.forward(Duration.ofHours(1));
    assertThat(denial(call(first.secret())).reason()).isEqualTo(Reason.EXPIRED_KEY);
    guard.hold(call(second.secret())).release();
    assertThat(guard.balance("tripwire", "key=alice").settled()).isEqualTo(3_000_000);
  }

  @Test
  void aKeyIsDeniedWhatItMayNotDoAndHoldsNothing() {
    MintedKey ci = keys.mint(
        VirtualKey.named("ci").models("gpt-4o-mini", "claude-*").taskClasses("routine"), "dana");
    Denial model = denial(call(ci.secret()));
    assertThat(model.reason()).isEqualTo(Reason.MODEL_NOT_ALLOWED);
    assertThat(model.detail()).isEqualTo(GPT_4O.name() + "; allowed: gpt-4o-mini, claude-*");

    MintedKey writer = keys.mint(VirtualKey.named("writer").taskClasses("routine"), "dana");
    Denial task = denial(call(writer.secret()).attribution(Attribution.NONE.taskClass("complex")));
    assertThat(task.reason()).isEqualTo(Reason.TASK_CLASS_NOT_ALLOWED);
    guard.hold(call(writer.secret())).release();
    assertThat(guard.balance("tripwire", "key=ci").held()).isZero();
    assertThat(guard.purser.counters())
        .containsEntry("calls.denied.model_not_allowed", 1L)
        .containsEntry("calls.denied.task_class_not_allowed", 1L);
  }

  /** A gateway lets them answer, so a list that only counted for the first would be none. */
  @Test
  void aKeyMayCallAllModelsThatMayAnswerOrTheCallIsDenied() {
    VirtualKey ofAll = VirtualKey.named("all");
    VirtualKey ofSome = VirtualKey.named("some").models("gpt-4o*", "openai/*-mini");
    VirtualKey ofAny = VirtualKey.named("any").models("*");
    ModelId mini = ModelId.of("openai", "o3-mini");
    ModelId pro = ModelId.of("openai", "o1-pro");
    ModelId unknown = ModelId.of("openai", "");
    Secret all = keys.mint(ofAll, "dana").secret();
    Secret some = keys.mint(ofSome, "dana").secret();
    Secret any = keys.mint(ofAny, "dana").secret();

    guard.hold(call(all).alternatives(List.of(pro, unknown))).release();
    guard.hold(Guard.call(1_000).alternatives(List.of(pro, unknown))).release();
    guard.hold(call(some).alternatives(List.of(mini, GPT_4O))).release();
    guard.hold(call(any).alternatives(List.of(mini, pro))).release();
    Denial denial = denial(call(some).alternatives(List.of(mini, pro)));
    assertThat(denial.reason()).isEqualTo(Reason.MODEL_NOT_ALLOWED);
    assertThat(denial.detail()).isEqualTo("o1-pro; allowed: gpt-4o*, openai/*-mini");
    for (Secret limited : List.of(some, any)) {
      assertThat(denial(call(limited).alternatives(List.of(unknown))).detail())
          .startsWith("none that could be read; allowed: ");
    }
  }

  @Test
  void revokedAndUnknownKeysAreDeniedAndRecordedUnderAFingerprint() {
    MintedKey alice = keys.mint(VirtualKey.named("alice"), "dana");
    assertThat(keys.revoke("alice", "mo", "left")).isTrue();
    assertThat(keys.revoke("alice", "mo", "left")).isFalse();
    assertThat(denial(call(alice.secret())).reason()).isEqualTo(Reason.REVOKED_KEY);
    assertThat(denial(call(Secret.of("purser_nobodys")).attribution(Attribution.key("alice")))
            .reason())
        .isEqualTo(Reason.UNKNOWN_KEY);
    guard.close();
    assertThat(guard.records).hasSize(2).allSatisfy(record -> {
      assertThat(record.outcome()).isEqualTo(SpendRecord.Outcome.DENIED);
      assertThat(record.attribution().key()).startsWith("fp-");
      assertThat(record.toString()).doesNotContain(alice.secret().reveal().substring(20));
    });
  }

  @Test
  void requestsThatAreNotCountedNeedAGoodKeyToo() {
    MintedKey any = keys.mint(VirtualKey.named("any"), "dana");
    MintedKey haiku = keys.mint(VirtualKey.named("haiku").models("claude-haiku-*"), "dana");
    guard.purser.pass(passing(any.secret(), true)).orThrow().release();
    guard.purser.pass(passing(haiku.secret(), false)).orThrow().release();
    assertThat(reason(guard.purser.pass(passing(haiku.secret(), true))))
        .isEqualTo(Reason.MODEL_NOT_ALLOWED);
    assertThat(reason(guard.purser.pass(passing(Secret.of("purser_x"), false))))
        .isEqualTo(Reason.UNKNOWN_KEY);
    guard.purser.unmetered(new UnmeteredCall(
        "openai",
        "POST /v1/batches",
        Attribution.NONE,
        Credential.of(any.secret().reveal()),
        "no dialect"));
    guard.close();
    assertThat(guard.records)
        .filteredOn(record -> record.outcome() == SpendRecord.Outcome.UNMETERED)
        .singleElement()
        .satisfies(record -> assertThat(record.attribution().key()).isEqualTo("any"));
  }

  private static PassingCall passing(Secret secret, boolean billable) {
    return new PassingCall(
        "openai", "POST /v1/x", Attribution.NONE, Credential.of(secret.reveal()), billable);
  }

  @Test
  void whoDidWhatIsRecordedWithoutTheSecret() {
    MintedKey first = keys.mint(VirtualKey.named("alice"), "dana");
    MintedKey second = keys.rotate("alice", Duration.ofMinutes(5), "mo", "quarterly");
    keys.revoke("alice", "mo", "left");
    guard.close();
    assertThat(done)
        .extracting(ControlRecord::kind, ControlRecord::subject, ControlRecord::by)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.KEY_MINTED, "alice", "dana"),
            org.assertj.core.groups.Tuple.tuple(Kind.KEY_ROTATED, "alice", "mo"),
            org.assertj.core.groups.Tuple.tuple(Kind.KEY_REVOKED, "alice", "mo"));
    assertThat(done.get(1).facts())
        .containsEntry("earlier_secrets_until", "2026-11-23T12:05:00Z")
        .containsEntry("secret_id", second.key().locks().get(1).hash().id());
    assertThat(done.toString())
        .doesNotContain(first.secret().reveal().substring(20))
        .doesNotContain(second.secret().reveal().substring(20));
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnythingIsDone() {
    MintedKey alice = keys.mint(VirtualKey.named("alice"), "dana");
    for (Duration overlap : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> keys.rotate("alice", overlap, "dana", "quarterly"));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.rotate("alice", Duration.ZERO, "dana", " "));
    assertThatIllegalArgumentException().isThrownBy(() -> keys.revoke("alice", "", "left"));
    assertThatIllegalArgumentException().isThrownBy(() -> keys.mint(VirtualKey.named("bob"), " "));
    assertThat(keys.list()).containsExactly(alice.key());
    guard.hold(call(alice.secret())).release();
  }

  @Test
  void aKeyThatIsRevokedOrExpiresWhileItsCallWaitsIsDeniedWhereverInTheLineItStands()
      throws Exception {
    MintedKey alice =
        keys.mint(VirtualKey.named("alice").expires(guard.clock.instant().plusSeconds(60)), "dana");
    MintedKey bob = keys.mint(VirtualKey.named("bob"), "dana");
    guard.purser.revise(List.of(Budget.total("all", Usd.of("0.01")).owner("dana")));
    Reservation all =
        OwnThread.supply(() -> guard.hold(Guard.call(1_000))).get(10, TimeUnit.SECONDS);
    CompletableFuture<Admission> bobs = waiting(bob.secret(), 1);
    CompletableFuture<Admission> alices = waiting(alice.secret(), 2);

    // Before anybody is called: who was called earlier might be admitted at an instant before the
    // end.
    guard.clock.forward(Duration.ofMinutes(1));
    keys.revoke("bob", "dana", "left");
    assertThat(reason(bobs.get(10, TimeUnit.SECONDS))).isEqualTo(Reason.REVOKED_KEY);
    assertThat(reason(alices.get(10, TimeUnit.SECONDS))).isEqualTo(Reason.EXPIRED_KEY);
    all.release();
  }

  @Test
  void aKeyThatIsRevokedWhileItsCallWaitsEndsNoOthersWait() throws Exception {
    MintedKey alice = keys.mint(VirtualKey.named("alice"), "dana");
    MintedKey bob = keys.mint(VirtualKey.named("bob"), "dana");
    guard.purser.revise(List.of(Budget.total("all", Usd.of("0.01")).owner("dana")));
    Reservation all =
        OwnThread.supply(() -> guard.hold(Guard.call(1_000))).get(10, TimeUnit.SECONDS);
    CompletableFuture<Admission> bobs = waiting(bob.secret(), 1);
    CompletableFuture<Admission> alices = waiting(alice.secret(), 2);

    keys.revoke("bob", "dana", "left");
    assertThat(reason(bobs.get(10, TimeUnit.SECONDS))).isEqualTo(Reason.REVOKED_KEY);
    assertThat(alices).isNotDone();
    all.release();
    assertThat(alices.get(10, TimeUnit.SECONDS)).isInstanceOf(Admission.Admitted.class);
  }

  private CompletableFuture<Admission> waiting(Secret secret, int inLine) {
    CompletableFuture<Admission> admission =
        OwnThread.supply(() -> guard.admit(call(secret).maxWait(Duration.ofMinutes(1))));
    Awaitility.await().until(() -> guard.purser.waiting() == inLine);
    return admission;
  }

  private static Reason reason(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Denied.class);
    return ((Admission.Denied) admission).denial().reason();
  }
}

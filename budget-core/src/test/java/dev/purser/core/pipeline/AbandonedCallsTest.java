package dev.purser.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.CapWatch;
import dev.purser.core.alert.Owners;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.content.ContentRules;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.core.record.StateLog;
import dev.purser.core.route.Route;
import dev.purser.core.route.Routes;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.TaskClassifier;
import dev.purser.spi.Ticket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbandonedCallsTest {

  private static final Owners OWNERS = new Owners(name -> null, Map.of(), null);

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");

  private final AbandonedCalls abandoned = new AbandonedCalls();

  /** A ticket whose lease is over. */
  private static final class Provisional implements Ticket {

    private boolean ended;

    @Override
    public Ending settle(Amounts amounts) {
      Ending ending = ended ? Ending.NONE : Ending.CORRECTED;
      ended = true;
      return ending;
    }

    @Override
    public void extend(List<Account> more) {}

    @Override
    public boolean abandon() {
      return false;
    }

    @Override
    public boolean writeOff() {
      return !ended;
    }
  }

  private CallReservation charged(String id) {
    Counters counters = new Counters();
    Emitter emitter = new Emitter(List.of(), List.of(), 16, counters, CLOCK);
    BudgetBook budgets = new BudgetBook(
        List.of(Budget.total("all", Usd.of("1")).owner("dana")),
        new InMemoryLedger(),
        budget -> {},
        session -> {});
    Call call = new Call(
        id,
        NOON,
        "direct",
        Attribution.key("alice"),
        null,
        List.of(),
        MODEL,
        new Route(MODEL, "", false),
        null,
        null,
        null,
        1,
        false,
        BundledPriceBook.load().quote(MODEL, null, NOON));
    Returning returning = new Returning(
        CLOCK,
        System::nanoTime,
        new RevisionGate(),
        budgets,
        new OpenCalls(),
        abandoned,
        new Bills(),
        ContentRules.NONE,
        new CapWatch(new InMemoryLedger(), OWNERS, account -> false, (alert, part) -> {}),
        new Recorder(
            emitter, counters, CLOCK, StateLog.NONE, new Routes(TaskClassifier.NONE, CLOCK)),
        new Notices(new AlertBook(StateLog.NONE, OWNERS), OWNERS, counters, CLOCK));
    return new CallReservation(call, Usage.NONE, Amounts.NONE, List.of(), returning)
        .with(new Provisional());
  }

  @Test
  void aCallThatIsSettledBetweenItsChargeAndItsEntryDoesNotStay() {
    CallReservation settled = charged("1");
    CallReservation other = charged("2");

    assertThat(settled.settle(Usage.ofTokens(0, 5))).isTrue();
    abandoned.add(settled);
    abandoned.add(other);

    assertThat(abandoned.find("1")).isNull();
    assertThat(abandoned.all()).containsExactly(other);
  }

  @Test
  void aCallThatIsSettledAfterItsEntryGoes() {
    CallReservation call = charged("1");
    abandoned.add(call);
    assertThat(abandoned.find("1")).isSameAs(call);

    assertThat(call.release()).isTrue();

    assertThat(abandoned.all()).isEmpty();
  }
}

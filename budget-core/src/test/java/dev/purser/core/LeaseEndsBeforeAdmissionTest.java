package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.AbandonedCall;
import dev.purser.api.Admission;
import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Demand;
import dev.purser.spi.ForwardingLedger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread stands still for so long that the lease of its call is over when it is admitted. */
class LeaseEndsBeforeAdmissionTest {

  @TempDir
  Path temp;

  private final TestClock clock = new TestClock("2026-11-23T12:00:00Z");
  private Purser purser;

  /** Somebody looks for leases that are over before the call has its ticket. */
  private static final class Reaped extends ForwardingLedger {

    Reaped() {
      super(new InMemoryLedger());
    }

    @Override
    public Reserved reserve(Demand demand) {
      Reserved reserved = super.reserve(demand);
      assertThat(reap(demand.leaseEnd())).isOne();
      return reserved;
    }
  }

  @BeforeEach
  void start() {
    purser = Guard.with(
            Purser.builder()
                .owner("dana")
                .clock(clock)
                .ledger(new Reaped())
                .journal(JournalOptions.in(temp.resolve("spend"))),
            Budget.daily("day", Usd.of("1.00")))
        .build();
  }

  @AfterEach
  void stop() {
    purser.close();
  }

  private List<String> lines(Reservation call) throws IOException {
    purser.close();
    try (Stream<Path> files = Files.list(temp.resolve("spend"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("spend-")) {
          return Files.readAllLines(file).stream()
              .filter(line -> line.contains('"' + call.id() + '"'))
              .map(line -> line.replaceAll("^.*?\"event\":\"(\\w+)\".*$", "$1"))
              .toList();
        }
      }
    }
    throw new AssertionError("no journal");
  }

  @Test
  void theJournalHearsThatItIsCharged() throws Exception {
    Reservation call = purser.admit(call(1_000).build()).orThrow();

    assertThat(purser.grants().abandoned())
        .singleElement()
        .extracting(AbandonedCall::reason)
        .isEqualTo(AbandonReason.LEASE_ENDED);
    assertThat(lines(call)).containsExactly("reserved", "abandoned");
  }

  @Test
  void itCanBeWrittenOff() throws Exception {
    Reservation call = purser.admit(call(1_000).build()).orThrow();

    assertThat(purser.grants().writeOff(call.id(), "mo", "nothing was billed")).isTrue();
    assertThat(purser.grants().abandoned()).isEmpty();
    assertThat(purser.balances().account("day", "").orElseThrow().spent()).isZero();
    assertThat(lines(call)).containsExactly("reserved", "abandoned", "written_off", "write_off");
  }

  @Test
  void itsAnswerCorrectsTheCharge() throws Exception {
    Reservation call = purser.admit(call(1_000).build()).orThrow();

    assertThat(call.settle(Usage.ofTokens(0, 100))).isTrue();
    assertThat(purser.balances().account("day", "").orElseThrow().spent()).isEqualTo(1_000_000);
    assertThat(lines(call)).containsExactly("reserved", "abandoned", "settled");
  }

  /** The line that it holds money cannot be written in the end. */
  @Test
  void oneThatIsTakenBackAfterItsLeaseIsNotListed() {
    ForwardingLedger failing = new ForwardingLedger(new InMemoryLedger()) {
      @Override
      public Reserved reserve(Demand demand) {
        Reserved reserved = super.reserve(demand);
        assertThat(reap(demand.leaseEnd())).isOne();
        assertThat(((Reserved.Held) reserved).ticket().release())
            .isEqualTo(Ticket.Ending.CORRECTED);
        Account account = demand.accounts().get(0);
        return new Reserved.Refused(
            account, Refusal.Reason.UNAVAILABLE, balance(account, demand.at()));
      }
    };
    List<SpendRecord> records = new CopyOnWriteArrayList<>();
    try (Purser guard = Guard.with(
            Purser.builder().owner("dana").clock(clock).ledger(failing).sink(records::add),
            Budget.daily("day", Usd.of("1.00")))
        .build()) {
      assertThat(guard.admit(call(1_000).build())).isInstanceOf(Admission.Refused.class);
      assertThat(guard.grants().abandoned()).isEmpty();
      assertThat(guard.balances().account("day", "").orElseThrow().spent()).isZero();
    }

    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.ABANDONED, Outcome.RELEASED, Outcome.REFUSED);
    assertThat(records.stream().mapToLong(SpendRecord::spentNanoUsd).sum()).isZero();
  }
}

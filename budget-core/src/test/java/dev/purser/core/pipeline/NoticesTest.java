package dev.purser.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Kind;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usd;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.Owners;
import dev.purser.core.emit.Counters;
import dev.purser.core.record.StateLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoticesTest {

  private final Owners owners = new Owners(name -> null, Map.of(), "dana@acme.dev");
  private final AlertBook book = new AlertBook(StateLog.NONE, owners);
  private final List<Alert> told = new ArrayList<>();
  private final List<Alert> resolved = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T23:00:00Z");
  private final Notices notices = new Notices(book, owners, new Counters(), () -> now);

  NoticesTest() {
    book.through(new AlertBook.Outlet() {
      @Override
      public void alert(Alert alert, Runnable delivered) {
        told.add(alert);
      }

      @Override
      public void resolved(Alert alert, Runnable delivered) {
        resolved.add(alert);
      }
    });
  }

  private void unmetered() {
    notices.unmetered(
        new UnmeteredCall("openai", "v1/audio", Attribution.NONE, null, "a stream of audio"));
  }

  @Test
  void whatIsNotCountedIsToldOnceADayForAsLongAsItIsSo() {
    unmetered();
    unmetered();
    assertThat(told).extracting(Alert::kind).containsExactly(Kind.UNMETERED);
    now = now.plus(Duration.ofHours(2));
    book.closeEnded(now);
    assertThat(resolved).isEqualTo(told);
    unmetered();
    unmetered();
    assertThat(told).hasSize(2);
    assertThat(book.open()).singleElement().isEqualTo(told.get(1));
  }

  @Test
  void ofABudgetItsOwnOwnerIsTold() {
    Budget budget = Budget.daily("research", Usd.of("1")).owner("bea@acme.dev");
    notices.accountsOverflow(budget);
    assertThat(told).singleElement().satisfies(alert -> {
      assertThat(alert.owner()).isEqualTo("bea@acme.dev");
      assertThat(alert.kind()).isEqualTo(Kind.ACCOUNTS_OVERFLOW);
    });
  }

  @Test
  void aJournalThatWorksAgainResolvesWhatItsTroublesTold() {
    unmetered();
    notices.journal("the journal cannot be written");
    assertThat(told.get(1).severity()).isEqualTo(Alert.Severity.PAGE);
    notices.journalWorks();
    assertThat(resolved).containsExactly(told.get(1));
    assertThat(book.open()).containsExactly(told.get(0));
    notices.journal("the journal cannot be written");
    assertThat(told).hasSize(3);
  }
}

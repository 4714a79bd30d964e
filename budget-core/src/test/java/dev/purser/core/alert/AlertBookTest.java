package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.core.record.AlertLine;
import dev.purser.core.record.StateLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertBookTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final List<AlertLine> log = new ArrayList<>();
  private final List<Alert> told = new ArrayList<>();
  private final List<Alert> resolved = new ArrayList<>();
  private final List<Runnable> delivered = new ArrayList<>();

  private AlertBook book() {
    AlertBook book = new AlertBook(
        new StateLog() {
          @Override
          public void alert(AlertLine line) {
            log.add(line);
          }
        },
        Told.OWNERS);
    book.through(new AlertBook.Outlet() {
      @Override
      public void alert(Alert alert, Runnable whenDelivered) {
        told.add(alert);
        delivered.add(whenDelivered);
      }

      @Override
      public void resolved(Alert alert, Runnable whenDelivered) {
        resolved.add(alert);
        delivered.add(whenDelivered);
      }
    });
    return book;
  }

  private static Alert alert(int i) {
    return new Alert(Alert.Kind.LOOP, "run " + i, "loops", NOON.plusSeconds(i)).once("k" + i, null);
  }

  private void deliver() {
    delivered.forEach(Runnable::run);
    delivered.clear();
  }

  /** A start knows of each alert what was written of it last. */
  private AlertBook restarted() {
    AlertBook book = book();
    List<AlertLine> before = List.copyOf(log);
    told.clear();
    resolved.clear();
    delivered.clear();
    for (int i = 0; i < before.size(); i++) {
      String key = before.get(i).alert().key();
      if (before.stream().skip(i + 1L).noneMatch(later -> later.alert().key().equals(key))) {
        book.restore(before.get(i));
      }
    }
    return book;
  }

  @Test
  void whatWasToldLastIsNotForgotten() {
    AlertBook book = book();
    for (int i = 0; i < 12_000; i++) {
      assertThat(book.once(alert(i))).isTrue();
    }
    for (int i = 2_000; i < 12_000; i++) {
      assertThat(book.isTold("k" + i)).isTrue();
    }
    assertThat(book.isTold("k0")).isFalse();
  }

  /** A pager would keep an incident that nobody resolves. */
  @Test
  void whatIsForcedOutOfTheOpenOnesIsResolved() {
    AlertBook book = book();
    for (int i = 0; i < 1_001; i++) {
      assertThat(book.once(alert(i))).isTrue();
    }
    assertThat(book.open()).hasSize(1_000);
    assertThat(resolved).extracting(Alert::key).containsExactly("k0");
  }

  @Test
  void thatSomethingIsOverIsToldAfterTheRestartThatCameBetween() {
    AlertBook book = book();
    assertThat(book.once(alert(1))).isTrue();
    deliver();
    assertThat(book.close("k1")).isPresent();
    assertThat(resolved).hasSize(1);

    AlertBook second = restarted();
    assertThat(told).isEmpty();
    assertThat(resolved).extracting(Alert::key).containsExactly("k1");
    assertThat(second.open()).isEmpty();
    deliver();

    AlertBook third = restarted();
    assertThat(told).isEmpty();
    assertThat(resolved).isEmpty();
    assertThat(third.isTold("k1")).isTrue();
  }

  /** The alert arrives after it is over. */
  @Test
  void anAlertThatIsOverBeforeItArrivesIsOverAfterARestart() {
    AlertBook book = book();
    assertThat(book.once(alert(1))).isTrue();
    assertThat(book.close("k1")).isPresent();
    delivered.remove(0).run();

    assertThat(restarted().open()).isEmpty();
    assertThat(told).isEmpty();
    assertThat(resolved).hasSize(1);
  }
}

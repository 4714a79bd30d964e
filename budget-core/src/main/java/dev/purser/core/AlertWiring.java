package dev.purser.core;

import dev.purser.api.Alert;
import dev.purser.api.AlertRules;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.Owners;
import dev.purser.core.alert.Watch;
import dev.purser.core.config.Configuration;
import dev.purser.core.emit.Emitter;
import dev.purser.core.key.KeyRing;
import dev.purser.core.pipeline.AlertDesk;
import dev.purser.core.pipeline.Alerting;
import dev.purser.core.record.StateLog;
import dev.purser.spi.PriceBook;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;

/** Puts together what tells people: rules, desk, book and sinks. */
final class AlertWiring {

  private AlertWiring() {}

  /** @param thread where alerts are completed */
  static Alerting of(
      AlertRules rules,
      Map<String, String> teamOwners,
      Configuration checked,
      KeyRing keys,
      PriceBook prices,
      StateLog log,
      InstantSource clock,
      Executor thread) {
    Owners owners = new Owners(keys::find, teamOwners, checked.owner());
    AlertBook book = new AlertBook(log, owners);
    AlertDesk desk = new AlertDesk(book, thread);
    Watch watch = new Watch(rules, owners, desk, prices, log, clock, checked.zone());
    return new Alerting(rules, owners, book, desk, watch);
  }

  /** Sends alerts to the sinks of an emitter. */
  static AlertBook.Outlet to(Emitter emitter) {
    return new AlertBook.Outlet() {
      @Override
      public void alert(Alert alert, Runnable delivered) {
        emitter.alert(alert, delivered);
      }

      @Override
      public void resolved(Alert alert, Runnable delivered) {
        emitter.resolved(alert, delivered);
      }
    };
  }
}

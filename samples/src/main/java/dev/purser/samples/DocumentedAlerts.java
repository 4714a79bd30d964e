package dev.purser.samples;

import static dev.purser.api.Dimension.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.purser.api.Alert;
import dev.purser.api.Budget;
import dev.purser.api.Secret;
import dev.purser.api.SessionSpend;
import dev.purser.api.Spender;
import dev.purser.api.Usd;
import dev.purser.core.Alerts;
import dev.purser.core.Purser;
import dev.purser.core.StatusHandler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that {@code docs/alerts.md} shows, compiled so that they stay true. */
final class DocumentedAlerts {

  private static final Logger log = LoggerFactory.getLogger(DocumentedAlerts.class);

  private DocumentedAlerts() {}

  static Purser told(Secret routingKey, URI slackWebhook) {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))
        .alertSink(Alerts.pagerDuty(routingKey))
        .alertSink(Alerts.slack(slackWebhook))
        .build();
    return purser;
  }

  static Purser tuned() {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .teamOwner("platform", "lead@acme.dev")
        .alerts(rules -> rules
            .sessionBurn(Usd.of("50"))
            .spike(4, Usd.of("25"))
            .loop(20, Duration.ofMinutes(10), 100))
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))
        .build();
    return purser;
  }

  static void open(Purser purser, String key) {
    for (Alert alert : purser.openAlerts()) {
      log.warn("{} for {}: {}", alert.kind(), alert.owner(), alert.message());
    }
    purser.acknowledge(key, "dana@acme.dev", "the nightly evaluation");
  }

  static void mounted(Purser purser, HttpServer server) {
    StatusHandler status = new StatusHandler(purser);
    server.createContext("/purser", exchange -> {
      StatusHandler.Response response = status.handle(exchange.getRequestMethod());
      byte[] body = response.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", response.contentType());
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
  }

  static List<Spender> sessions(Purser purser, Instant since) {
    for (SessionSpend session : purser.sessions()) {
      log.info("{} {} {}/h", session.session(), session.spent(), session.burnPerHour());
    }
    List<Spender> top = purser.topSpenders(KEY, since, 5);
    return top;
  }
}

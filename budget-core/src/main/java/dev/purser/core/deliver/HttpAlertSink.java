package dev.purser.core.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Alert;
import dev.purser.api.Secret;
import dev.purser.spi.AlertSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts over HTTP. What could not be sent after a few attempts is thrown, counted as {@code
 * alertsink.failed} and logged, without the address. For one thread at a time, which it blocks; a guard gives
 * each sink a thread and a queue of its own.
 */
public final class HttpAlertSink implements AlertSink {

  private static final Logger log = LoggerFactory.getLogger("dev.purser.alerts");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final AlertForm form;
  private final Post post;

  HttpAlertSink(
      String name, URI to, Map<String, String> headers, AlertForm form, PostOptions options) {
    if (to.getHost() == null
        || !("https".equals(to.getScheme()) || "http".equals(to.getScheme()))) {
      throw new IllegalArgumentException(
          name + ": the address must begin with http:// or https:// and name a host");
    }
    this.name = name;
    this.form = form;
    post = new Post(name, to, headers, options);
  }

  /** Posts every alert as JSON; {@code docs/alerts.md} has its schema. */
  public static HttpAlertSink webhook(URI to, @Nullable Secret bearer) {
    return webhook(to, bearer, PostOptions.DEFAULT);
  }

  static HttpAlertSink webhook(URI to, @Nullable Secret bearer, PostOptions options) {
    if (bearer != null && !bearer.reveal().matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "webhook: the bearer token has characters that no header may have, such as an end of line");
    }
    Map<String, String> headers =
        bearer == null ? Map.of() : Map.of("Authorization", "Bearer " + bearer.reveal());
    return new HttpAlertSink("webhook", to, headers, new WebhookForm(), options);
  }

  /**
   * Posts into a channel of Slack's.
   *
   * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Slack:
   *     incoming webhooks</a>
   */
  public static HttpAlertSink slack(URI webhook) {
    return slack(webhook, PostOptions.DEFAULT);
  }

  static HttpAlertSink slack(URI webhook, PostOptions options) {
    return new HttpAlertSink("slack", webhook, Map.of(), new SlackForm(), options);
  }

  /**
   * Pages by PagerDuty, and resolves what is over. Notices are not sent.
   *
   * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">PagerDuty: Events API v2</a>
   */
  public static HttpAlertSink pagerDuty(Secret routingKey) {
    return pagerDuty(
        URI.create("https://events.pagerduty.com/v2/enqueue"), routingKey, PostOptions.DEFAULT);
  }

  static HttpAlertSink pagerDuty(URI to, Secret routingKey, PostOptions options) {
    return new HttpAlertSink("pagerduty", to, Map.of(), new PagerDutyForm(routingKey), options);
  }

  @Override
  public void accept(Alert alert) {
    send(form.told(alert));
  }

  @Override
  public void resolved(Alert alert) {
    send(form.over(alert));
  }

  private void send(@Nullable JsonNode body) {
    if (body == null) {
      return;
    }
    try {
      post.send(JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      log.warn("An alert for {} {}", name, e.getMessage());
      throw new UncheckedIOException("an alert for " + name + " " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before an alert for " + name + " was sent", e);
    }
  }

  /** Renders what it is, not where it goes: addresses of web hooks are secrets. */
  @Override
  public String toString() {
    return "HttpAlertSink[" + name + "]";
  }
}

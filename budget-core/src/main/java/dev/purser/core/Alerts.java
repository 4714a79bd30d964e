package dev.purser.core;

import dev.purser.api.Secret;
import dev.purser.core.deliver.HttpAlertSink;
import dev.purser.spi.AlertSink;
import java.net.URI;

/**
 * Ways by which alerts reach people, for {@link PurserBuilder#alertSink}. All try again a few times where that
 * may help, and never on a caller's thread. Addresses and keys are never logged.
 */
public final class Alerts {

  private Alerts() {}

  /**
   * Posts every alert, and that it is over, as JSON.
   *
   * @throws IllegalArgumentException if the address is none of HTTP
   */
  public static AlertSink webhook(URI to) {
    return HttpAlertSink.webhook(to, null);
  }

  /** Posts as {@link #webhook(URI)} does, with a bearer token. */
  public static AlertSink webhook(URI to, Secret bearer) {
    return HttpAlertSink.webhook(to, bearer);
  }

  /**
   * Posts into a channel of Slack's.
   *
   * @param webhook the address that Slack made for the channel, which is a secret
   */
  public static AlertSink slack(URI webhook) {
    return HttpAlertSink.slack(webhook);
  }

  /**
   * Pages by PagerDuty's Events API, version 2, and resolves what is over. Notices are not sent.
   *
   * @param routingKey the integration key of the service
   */
  public static AlertSink pagerDuty(Secret routingKey) {
    return HttpAlertSink.pagerDuty(routingKey);
  }
}

package dev.purser.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.AccountBalance;
import dev.purser.api.Alert;
import dev.purser.api.Balances;
import dev.purser.api.SessionSpend;
import dev.purser.api.UsageKind;
import dev.purser.core.deliver.WebhookForm;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what a guard knows of itself; {@code docs/alerts.md} has the schema. */
final class StatusJson {

  /** Nobody reads on beyond. */
  private static final int MOST_SESSIONS = 1_000;

  private StatusJson() {}

  static String of(Balances balances, List<SessionSpend> sessions, List<Alert> alerts) {
    ObjectNode status = JsonNodeFactory.instance
        .objectNode()
        .put("version", 1)
        .put("at", balances.at().toString());
    ArrayNode accounts = status.putArray("balances");
    balances.all().forEach(account -> balance(accounts.addObject(), account));
    ArrayNode running = status.putArray("sessions");
    sessions.stream()
        .limit(MOST_SESSIONS)
        .forEach(session -> session(running.addObject(), session));
    ArrayNode open = status.putArray("alerts");
    alerts.forEach(alert -> open.add(WebhookForm.json(alert)));
    return status.toString();
  }

  private static void balance(ObjectNode json, AccountBalance account) {
    json.put("budget", account.budget())
        .put("scope", account.scope())
        .put("owner", account.owner())
        .put("measure", word(account.measure()))
        .put("enforcement", word(account.enforcement()))
        .put("window", account.window().toString())
        .put("limit", account.limit())
        .put("granted", account.granted())
        .put("spent", account.spent())
        .put("held", account.held())
        .put("remaining", account.remaining())
        .put("resets_at", text(account.resetsAt()))
        .put("per_hour", account.burnPerHour())
        .put("exhausted_at", text(account.projectedExhaustion()));
  }

  private static void session(ObjectNode json, SessionSpend session) {
    json.put("session", session.session())
        .put("key", session.key())
        .put("state", word(session.state()))
        .put("spent_nano_usd", session.spent().nanos())
        .put("nano_usd_per_hour", session.burnPerHour().nanos())
        .put("calls", session.calls())
        .put("refused", session.refused())
        .put("first_at", session.firstAt().toString())
        .put("last_at", session.lastAt().toString());
    ArrayNode parents = json.putArray("parents");
    session.parents().forEach(parents::add);
    ObjectNode usage = json.putObject("usage");
    for (UsageKind kind : UsageKind.values()) {
      if (session.usage().count(kind) != 0) {
        usage.put(word(kind), session.usage().count(kind));
      }
    }
    ObjectNode models = json.putObject("models");
    session.models().forEach((model, usd) -> models.put(model.toString(), usd.nanos()));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

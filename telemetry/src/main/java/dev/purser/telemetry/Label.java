package dev.purser.telemetry;

/** What a number is counted apart by: the name as an attribute of OpenTelemetry and as a Micrometer tag. */
enum Label {
  OPERATION(GenAi.OPERATION_NAME, "operation"),
  PROVIDER(GenAi.PROVIDER_NAME, "provider"),
  MODEL(GenAi.REQUEST_MODEL, "model"),
  ANSWERED_BY(GenAi.RESPONSE_MODEL, "answered.by"),
  TOKEN_TYPE(GenAi.TOKEN_TYPE, "type"),
  ERROR_TYPE(GenAi.ERROR_TYPE, "error"),
  API("purser.api", "api"),
  OUTCOME("purser.outcome", "outcome"),
  TEAM("purser.team", "team"),
  TASK_CLASS("purser.task_class", "task.class"),
  KEY("purser.key", "key"),
  USER("purser.user", "user"),
  KIND("purser.usage.kind", "kind"),
  REASON("purser.reason", "reason"),
  BUDGET("purser.budget", "budget"),
  ENDPOINT("purser.endpoint", "endpoint");

  private final String attribute;
  private final String tag;

  Label(String attribute, String tag) {
    this.attribute = attribute;
    this.tag = tag;
  }

  /** Whether nobody but us chooses its values, which are few. */
  boolean isFixed() {
    return this == OUTCOME || this == TOKEN_TYPE || this == KIND;
  }

  String attribute() {
    return attribute;
  }

  String tag() {
    return tag;
  }
}

package dev.purser.core.record;

import java.nio.charset.StandardCharsets;

/** The names of all fields that a line may have, on any level; {@code docs/records.md} says what they hold. */
public enum Field {
  V("v"),
  EVENT("event"),
  TIME("time"),
  ID("id"),
  STARTED_AT("started_at"),
  API("api"),
  KEY("key"),
  USER("user"),
  TEAM("team"),
  SESSION("session"),
  PARENTS("parents"),
  TASK_CLASS("task_class"),
  TAGS("tags"),
  PROVIDER("gen_ai.provider.name"),
  REQUEST_MODEL("gen_ai.request.model"),
  ROUTED_PROVIDER("routed_provider"),
  ROUTED_MODEL("routed_model"),
  ROUTING("routing"),
  RESPONSE_MODEL("gen_ai.response.model"),
  RESPONSE_ID("gen_ai.response.id"),
  FINISH_REASONS("gen_ai.response.finish_reasons"),
  SERVICE_TIER("service_tier"),
  ATTEMPT("attempt"),
  STREAM("gen_ai.request.stream"),
  INPUT_TOKENS("gen_ai.usage.input_tokens"),
  OUTPUT_TOKENS("gen_ai.usage.output_tokens"),
  USAGE("usage"),
  USAGE_SOURCE("usage_source"),
  RESERVED("reserved_nano_usd"),
  COST("cost_nano_usd"),
  COST_TEXT("cost_usd"),
  SPENT("spent_nano_usd"),
  COMPUTED("computed_nano_usd"),
  PRICE_TABLE("price_table"),
  PRICE_KNOWN("price_known"),
  REASON("reason"),
  BILL("bill"),
  CHARGED("charged"),
  HELD("held"),
  NANO_USD("nano_usd"),
  INPUT("input_tokens"),
  OUTPUT("output_tokens"),
  REQUESTS("requests"),
  LATENCY("latency_ms"),
  FIRST_CHUNK("first_chunk_ms"),
  STATUS("http.response.status_code"),
  ERROR_TYPE("error.type"),
  REFUSAL("refusal"),
  DENIAL("denial"),
  ENFORCED("enforced"),
  BUDGET("budget"),
  SCOPE("scope"),
  OWNER("owner"),
  MESSAGE("message"),
  COUNT("count"),
  PROMPT("prompt"),
  ANSWER("answer"),
  ACTION("action"),
  SUBJECT("subject"),
  BY("by"),
  WHY("why"),
  FACTS("facts"),
  DEFINITION("definition"),
  HASHES("hashes"),
  HASH("hash"),
  UNTIL("until"),
  MODELS("models"),
  TASK_CLASSES("task_classes"),
  DEFAULTS("defaults"),
  EXPIRES("expires"),
  REVOKED("revoked"),
  NAME("name"),
  KIND("kind"),
  DEDUPE("dedupe_key"),
  DELIVERED("delivered"),
  OVER("over"),
  DAY("day"),
  FRONTIER_REQUESTS("frontier_requests"),
  SEVERITY("severity"),
  SESSIONS("sessions"),
  NEXT("next"),
  FINGERPRINT("fingerprint"),
  THROUGH("through_segment"),
  PREVIOUS("previous_segment"),
  PREVIOUS_BYTES("previous_bytes"),
  BUDGETS("budgets"),
  MEASURE("measure"),
  LIMIT("limit"),
  WINDOW("window"),
  ZONE("zone"),
  PER("per"),
  ENFORCEMENT("enforcement"),
  LAST_SEQ("last_seq"),
  SEQ("seq"),
  CRC("crc");

  private final String text;

  @SuppressWarnings(
      "ImmutableEnumChecker") // never changed; copying it would cost more than the rest
  private final byte[] json;

  Field(String text) {
    this.text = text;
    json = ("\"" + text + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the name as it stands in a line. */
  public String text() {
    return text;
  }

  /** Returns the name as JSON, with its colon; not to be changed. */
  byte[] json() {
    return json;
  }
}

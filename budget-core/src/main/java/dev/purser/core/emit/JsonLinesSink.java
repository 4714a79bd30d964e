package dev.purser.core.emit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.purser.api.Attribution;
import dev.purser.api.ControlRecord;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import dev.purser.spi.RecordSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends one JSON object a line to a file. Money is written exactly, as decimal strings of dollars.
 * A refusal that was only observed says {@code "enforced":false}. For one thread at a time.
 */
public final class JsonLinesSink implements RecordSink {

  private static final JsonFactory JSON = new JsonFactory();

  private static final char NEWLINE = '\n';

  private final OutputStream out;
  private final StringWriter line = new StringWriter(1024);
  private boolean midLine;

  private JsonLinesSink(OutputStream out, boolean midLine) {
    this.out = out;
    this.midLine = midLine;
  }

  /**
   * Opens a file for appending; it and its folder are created if they are missing.
   *
   * @throws IOException if the file cannot be written
   */
  public static JsonLinesSink open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    OutputStream out = new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    return new JsonLinesSink(out, endsInMidLine(file));
  }

  /** A process that died while it wrote leaves half a line, which the next must not be glued to. */
  private static boolean endsInMidLine(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) != NEWLINE;
    }
  }

  @Override
  public void accept(SpendRecord record) throws IOException {
    append(() -> write(record));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void append(Writing record) throws IOException {
    line.getBuffer().setLength(0);
    if (midLine) {
      line.write(NEWLINE);
    }
    record.run();
    line.write(NEWLINE);
    // Half a character becomes a question mark here; escaped, many readers would refuse the whole
    // file.
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    midLine = true;
    out.write(bytes);
    midLine = false;
  }

  @Override
  public void control(ControlRecord record) throws IOException {
    append(() -> write(record));
  }

  private void write(ControlRecord record) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("control", record.kind().name().toLowerCase(Locale.ROOT));
      json.writeStringField("at", record.at().toString());
      json.writeStringField("subject", record.subject());
      json.writeStringField("by", record.by());
      json.writeStringField("why", record.why());
      for (Map.Entry<String, String> fact : record.facts().entrySet()) {
        json.writeStringField(fact.getKey(), fact.getValue());
      }
      json.writeEndObject();
    }
  }

  private void write(SpendRecord record) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("id", record.id());
      json.writeStringField("outcome", record.outcome().name().toLowerCase(Locale.ROOT));
      json.writeStringField("started_at", record.startedAt().toString());
      json.writeStringField("ended_at", record.endedAt().toString());
      json.writeStringField("api", record.api());
      attribution(json, record.attribution());
      json.writeStringField("provider", record.requested().provider());
      json.writeStringField("model", record.requested().name());
      var answered = record.answered();
      optional(json, "answered_by", answered == null ? null : answered.name());
      optional(json, "service_tier", record.serviceTier());
      json.writeObjectFieldStart("usage");
      for (UsageKind kind : UsageKind.values()) {
        if (record.usage().count(kind) > 0) {
          json.writeNumberField(
              kind.name().toLowerCase(Locale.ROOT), record.usage().count(kind));
        }
      }
      json.writeEndObject();
      json.writeStringField(
          "reserved_usd", Usd.ofNanos(record.reservedNanoUsd()).toString());
      json.writeStringField("cost_usd", Usd.ofNanos(record.costNanoUsd()).toString());
      Long computed = record.computedNanoUsd();
      optional(
          json, "computed_usd", computed == null ? null : Usd.ofNanos(computed).toString());
      json.writeStringField("price_table", record.priceTable());
      json.writeBooleanField("price_known", record.priceKnown());
      optional(json, "reason", record.reason());
      var refusal = record.refusal();
      if (refusal != null) {
        refusal(json, refusal, record.outcome() != SpendRecord.Outcome.OBSERVED);
      }
      var denial = record.denial();
      if (denial != null) {
        denial(json, denial);
      }
      optional(json, "response_id", record.responseId());
      json.writeEndObject();
    }
  }

  private static void attribution(JsonGenerator json, Attribution who) throws IOException {
    json.writeObjectFieldStart("attribution");
    optional(json, "key", who.key());
    optional(json, "user", who.user());
    optional(json, "team", who.team());
    optional(json, "session", who.session());
    optional(json, "parent_session", who.parent());
    if (who.ancestors().size() > 1) {
      json.writeArrayFieldStart("sessions_above_parent");
      for (String above : who.ancestors().subList(1, who.ancestors().size())) {
        json.writeString(above);
      }
      json.writeEndArray();
    }
    optional(json, "task_class", who.taskClass());
    if (!who.tags().isEmpty()) {
      json.writeObjectFieldStart("tags");
      for (Map.Entry<String, String> tag : who.tags().entrySet()) {
        json.writeStringField(tag.getKey(), tag.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void refusal(JsonGenerator json, Refusal refusal, boolean enforced)
      throws IOException {
    json.writeObjectFieldStart("refusal");
    json.writeBooleanField("enforced", enforced);
    json.writeStringField("reason", refusal.reason().name().toLowerCase(Locale.ROOT));
    json.writeStringField("budget", refusal.budget());
    json.writeStringField("scope", refusal.scope());
    json.writeStringField("owner", refusal.owner());
    json.writeStringField("message", refusal.message());
    json.writeEndObject();
  }

  private static void denial(JsonGenerator json, Denial denial) throws IOException {
    json.writeObjectFieldStart("denial");
    json.writeStringField("reason", denial.reason().name().toLowerCase(Locale.ROOT));
    json.writeStringField("key", denial.key());
    optional(json, "owner", denial.owner());
    json.writeStringField("message", denial.message());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ModelUsage;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.wire.Meter;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.answer.Needle;
import dev.purser.wire.json.ByteSearch;
import dev.purser.wire.json.Pick;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers to chat completions: the last usage that is stated counts, and none is ever added
 * to another, since some providers state it so far with every event. For the same reason it does
 * not count if the stream went on to write after it.
 */
final class ChatAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of(
          "id",
          "model",
          "service_tier",
          "usage",
          "usage_breakdown",
          "x_groq.usage",
          "x_groq.usage_breakdown",
          "error",
          "choices.index",
          "choices.finish_reason",
          "choices.usage",
          "choices.delta.audio.id",
          "choices.message.audio.id")
      .showing(
          "choices.text",
          "choices.delta.content",
          "choices.delta.reasoning_content",
          "choices.delta.reasoning",
          "choices.delta.refusal",
          "choices.delta.tool_calls",
          "choices.delta.function_call",
          "choices.message.content",
          "choices.message.reasoning_content",
          "choices.message.reasoning",
          "choices.message.refusal",
          "choices.message.tool_calls",
          "choices.message.function_call");

  private static final byte[] USAGE = "\"usage\"".getBytes(US_ASCII);
  private static final byte[] ERROR = "\"error\"".getBytes(US_ASCII);
  private static final byte[] FINISH = "\"finish_reason\"".getBytes(US_ASCII);
  private static final byte[] AUDIO = "\"audio\"".getBytes(US_ASCII);

  /** More choices than anybody offers; keeps the set of the finished ones small. */
  private static final int MOST_CHOICES = 4096;

  private final @Nullable String provider;
  private final boolean searches;
  private final int choices;
  private final BitSet finished = new BitSet();
  private boolean started;

  /** Whether more was written after the usage, which then says what had been used so far. */
  private boolean outdated;

  /** Whether the usage can be no partial one, even if the end of the stream is never seen. */
  private boolean usageCertain;

  /** Whether the usage came in an event of its own, after which no provider states another. */
  private boolean usageAlone;

  private boolean usageStated;
  private boolean error;
  private @Nullable Usage usage;
  private @Nullable Usd cost;
  private List<ModelUsage> models = List.of();

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param choices how many answers were asked for
   * @param searches whether the model searches the web for each answer, and no usage says so
   */
  ChatAnswer(@Nullable String provider, int choices, boolean searches) {
    super(new Findings(provider), PICK);
    this.provider = provider;
    this.choices = Math.min(choices, MOST_CHOICES);
    this.searches = searches;
  }

  /** Inside JSON strings a quote is escaped, so that a quoted name can only be a name. */
  @Override
  public boolean wants(byte[] bytes, int from, int to) {
    if (!started) {
      return true; // the first event names the model even if the stream breaks off
    }
    int i = ByteSearch.either(bytes, from, to, '"', '"');
    while (i < to - 1) {
      byte next = bytes[i + 1];
      boolean hit = (next == 'u' && Needle.valued(USAGE, bytes, i, to))
          || (next == 'e' && Needle.valued(ERROR, bytes, i, to))
          || (next == 'a' && Needle.valued(AUDIO, bytes, i, to))
          || (next == 'f' && Needle.valued(FINISH, bytes, i, to));
      if (hit) {
        return true;
      }
      i = ByteSearch.either(bytes, i + 1, to, '"', '"');
    }
    findings.visible().addFields(bytes, from, to);
    wroteMore();
    return false;
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {
    findings.visible().add(bytes, from, to, first);
    wroteMore();
  }

  private void wroteMore() {
    if (findings.visible().any() && !allFinished()) {
      outdated = true;
      usageCertain = false;
      usageAlone = false;
    }
  }

  private boolean allFinished() {
    return finished.cardinality() >= choices;
  }

  @Override
  public void read(JsonNode piece) {
    started = true;
    findings.id(piece.path("id"));
    findings.model(piece.path("model"));
    findings.serviceTier(piece.path("service_tier"));
    JsonNode fault = piece.path("error");
    boolean faulty = fault.isObject() || fault.isTextual();
    if (faulty) {
      error = true;
      findings.error(fault);
    }
    JsonNode answers = piece.path("choices");
    for (JsonNode choice : answers) {
      JsonNode reason = choice.path("finish_reason");
      if (reason.isTextual()) {
        findings.notes().finished(reason);
        finished.set(Math.floorMod(choice.path("index").asInt(0), MOST_CHOICES));
      }
      if (choice.path("delta").has("audio") || choice.path("message").has("audio")) {
        findings.hidden();
      }
    }
    List<ModelUsage> compound = CompoundUsage.read(piece, findings);
    models = compound.isEmpty() ? models : compound;
    JsonNode stated = usage(piece, answers);
    if (stated != null) {
      usage(stated, answers.isArray() && answers.isEmpty() && !faulty, faulty);
    }
  }

  private void usage(JsonNode stated, boolean alone, boolean faulty) {
    usageStated = true;
    usage = ChatFees.on(ChatUsage.read(stated, provider), stated, searches);
    cost = ProviderCost.of(provider, stated);
    findings.usageSoFar(usage, true, true);
    outdated = false;
    usageAlone = alone || (usageAlone && allFinished());
    usageCertain = alone || faulty || allFinished();
  }

  /** Groq and Moonshot have places of their own for it. */
  private static @Nullable JsonNode usage(JsonNode piece, JsonNode answers) {
    JsonNode[] places = {
      piece.path("usage"), piece.path("x_groq").path("usage"), answers.path(0).path("usage")
    };
    for (JsonNode place : places) {
      if (!place.isMissingNode() && !place.isNull() && ChatUsage.says(place)) {
        return place;
      }
    }
    return null;
  }

  @Override
  public boolean hidable(JsonNode event) {
    return ChatEvents.isUsageAlone(event);
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }

  @Override
  public Meter.Reading reading(State state) {
    findings.undecided();
    boolean allFinished = allFinished();
    // An error is the last thing a provider says; what it stated before is what it bills.
    boolean over = state == State.COMPLETE
        || (usageAlone && allFinished)
        || (state == State.CUT && usageCertain && (allFinished || error));
    if (usageStated && !outdated && (over || (allFinished && usageCertain))) {
      findings.usage(usage == null || models.isEmpty() ? usage : Usage.NONE);
      findings.besides(models);
      findings.cost(cost);
    }
    if (over) {
      findings.over();
    }
    return findings.reading(state);
  }
}

package dev.purser.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers to chat completions: the last usage that is stated counts, and none is ever added
 * to another, since some providers state it so far with every event. For the same reason it does
 * not count if the stream went on to write after it.
 */
final class ChatAnswer implements AnswerReader {

  private static final Set<String> FIELDS = Set.of("id", "model", "service_tier", "usage", "error");
  private static final byte[] USAGE = "\"usage\"".getBytes(US_ASCII);
  private static final byte[] ERROR = "\"error\"".getBytes(US_ASCII);
  private static final byte[] FINISH = "\"finish_reason\"".getBytes(US_ASCII);

  /** Longer is no name of anything. */
  private static final int LONGEST_NAME = 256;

  /** More choices than anybody offers; keeps the set of the finished ones small. */
  private static final int MOST_CHOICES = 4096;

  private final @Nullable String provider;
  private final int choices;
  private final BitSet finished = new BitSet();
  private boolean started;
  private boolean usageStated;

  /** Whether more was written after the usage, which then says what had been used so far. */
  private boolean outdated;

  /** Whether the usage can be no partial one, even if the end of the stream is never seen. */
  private boolean usageCertain;

  /** Whether the usage came in an event of its own, after which no provider states another. */
  private boolean usageAlone;

  private @Nullable Usage usage;
  private boolean error;
  private boolean malformed;
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String serviceTier;

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param choices how many answers were asked for
   */
  ChatAnswer(@Nullable String provider, int choices) {
    this.provider = provider;
    this.choices = Math.min(choices, MOST_CHOICES);
  }

  @Override
  public boolean wants(String field) {
    return FIELDS.contains(field);
  }

  /** Inside JSON strings a quote is escaped, so that a quoted name can only be a name. */
  @Override
  public boolean wants(byte[] bytes, int from, int to) {
    if (!started) {
      return true; // the first event names the model even if the stream breaks off
    }
    for (int i = from; i < to - 1; i++) {
      if (bytes[i] == '"') {
        byte next = bytes[i + 1];
        boolean hit = (next == 'u' && Needle.valued(USAGE, bytes, i, to))
            || (next == 'e' && Needle.valued(ERROR, bytes, i, to))
            || (next == 'f' && Needle.valued(FINISH, bytes, i, to));
        if (hit) {
          return true;
        }
      }
    }
    wroteMore(); // nearly every event that is not looked into is text
    return false;
  }

  private void wroteMore() {
    if (!allFinished()) {
      outdated = true;
      usageCertain = false;
      usageAlone = false;
    }
  }

  private boolean allFinished() {
    return finished.cardinality() >= choices;
  }

  @Override
  public boolean read(JsonNode piece) {
    started = true;
    id = name(piece.path("id"), id);
    model = name(piece.path("model"), model);
    serviceTier = name(piece.path("service_tier"), serviceTier);
    JsonNode fault = piece.path("error");
    boolean faulty = fault.isObject() || fault.isTextual();
    error |= faulty;
    JsonNode answers = piece.path("choices");
    if (ChatEvents.hasContent(answers)) {
      wroteMore();
    }
    for (JsonNode choice : answers) {
      if (choice.path("finish_reason").isTextual()) {
        finished.set(Math.floorMod(choice.path("index").asInt(0), MOST_CHOICES));
      }
    }
    JsonNode stated = usage(piece, answers);
    if (stated == null) {
      return false;
    }
    usageStated = true;
    usage = ChatUsage.read(stated);
    outdated = false;
    boolean alone = answers.isArray() && answers.isEmpty() && !faulty;
    usageAlone = alone || (usageAlone && allFinished());
    usageCertain = alone || faulty || allFinished();
    return ChatEvents.isUsageAlone(piece);
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

  private static @Nullable String name(JsonNode value, @Nullable String otherwise) {
    String name = value.textValue();
    return name == null || name.isBlank() || name.length() > LONGEST_NAME ? otherwise : name;
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }

  @Override
  public void malformed() {
    malformed = true;
  }

  @Override
  public Meter.Reading reading(State state) {
    boolean allFinished = allFinished();
    // An error is the last thing a provider says; what it stated before is what it bills.
    boolean over = state == State.CUT && usageCertain && (allFinished || error);
    if (state == State.COMPLETE || (usageAlone && allFinished) || over) {
      return conclusion();
    }
    if (state == State.CUT) {
      AbandonReason why = error
          ? AbandonReason.ERROR_IN_ANSWER
          : malformed ? AbandonReason.MALFORMED_ANSWER : AbandonReason.STREAM_CUT;
      return new Meter.Reading(true, null, why);
    }
    return new Meter.Reading(false, allFinished && usageCertain ? settlement() : null, null);
  }

  private Meter.Reading conclusion() {
    Settlement settlement = settlement();
    if (settlement != null) {
      return new Meter.Reading(true, settlement, null);
    }
    AbandonReason why = usageStated && !outdated
        ? AbandonReason.IMPLAUSIBLE_USAGE
        : error
            ? AbandonReason.ERROR_IN_ANSWER
            : malformed ? AbandonReason.MALFORMED_ANSWER : AbandonReason.NO_USAGE;
    return new Meter.Reading(true, null, why);
  }

  private @Nullable Settlement settlement() {
    Usage known = usage;
    if (known == null || outdated) {
      return null;
    }
    ModelId answeredBy = model == null ? null : ModelId.of(ModelOwner.of(provider, model), model);
    return new Settlement(known, answeredBy, serviceTier, id);
  }
}

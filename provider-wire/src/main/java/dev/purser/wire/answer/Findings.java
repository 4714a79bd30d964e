package dev.purser.wire.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.answer.AnswerReader.State;
import dev.purser.wire.host.ModelOwner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AnswerReader} has found so far, and what follows from it. For one thread at a time.
 *
 * <p>A usage that is stated at the end is settled. Where none is, because the answer was cut or its
 * provider counts nothing, what was seen is told instead: what the provider had counted by then, and the
 * text after it. An error before anything was written is not billed.
 */
public final class Findings {

  /** Longer is no name of anything. */
  private static final int LONGEST_NAME = 256;

  private final @Nullable String provider;
  private final VisibleText visible = new VisibleText();
  private final Notes notes = new Notes(visible);
  private @Nullable String id;
  private @Nullable ModelId answeredBy;
  private @Nullable String serviceTier;
  private @Nullable String region;
  private @Nullable Usage usage;
  private List<ModelUsage> besides = List.of();
  private @Nullable Usd cost;
  private Usage running = Usage.NONE;
  private boolean inputStated;
  private boolean outputStated;
  private boolean implausible;
  private boolean over;
  private boolean error;
  private boolean malformed;
  private boolean hidden;
  private boolean begun;

  /**
   * Creates findings.
   *
   * @param provider the provider known by its host, or null
   */
  public Findings(@Nullable String provider) {
    this.provider = provider;
  }

  /** Returns the text that can be seen. */
  public VisibleText visible() {
    return visible;
  }

  /** Returns what takes note of what is said besides the cost. */
  public Notes notes() {
    return notes;
  }

  /** Takes the answer's id, if this is one. */
  public void id(JsonNode value) {
    id = name(value, id);
  }

  /** Takes the name of the model that answered, if this is one. */
  public void model(JsonNode value) {
    String name = name(value, null);
    if (name != null && (answeredBy == null || !answeredBy.name().equals(name))) {
      answeredBy = modelId(name); // once, and not for each chunk that is read
    }
  }

  /** Takes the service tier, if this is one. */
  public void serviceTier(JsonNode value) {
    serviceTier = name(value, serviceTier);
  }

  /** Takes the region that the provider bills for. */
  public void region(@Nullable String servedIn) {
    region = servedIn;
  }

  /** Returns the id of a model of this provider. */
  public ModelId modelId(String name) {
    return ModelId.of(ModelOwner.of(provider, name), name);
  }

  private static @Nullable String name(JsonNode value, @Nullable String otherwise) {
    String name = value.textValue();
    return name == null || name.isBlank() || name.length() > LONGEST_NAME ? otherwise : name;
  }

  /** Takes the usage of the whole answer; null if what is stated cannot be. */
  public void usage(@Nullable Usage whole) {
    usage = whole;
    implausible = whole == null;
    begun = true;
  }

  /**
   * Takes the usage so far, which only counts if no usage of the whole answer comes.
   *
   * @param withInput whether it holds all of the input
   * @param withOutput whether it holds the output so far
   */
  public void usageSoFar(@Nullable Usage soFar, boolean withInput, boolean withOutput) {
    if (soFar == null) {
      implausible = true;
      return;
    }
    begun = true;
    running = soFar;
    inputStated = withInput;
    outputStated = withOutput;
    if (withOutput) {
      visible.reset();
    }
  }

  /** Takes what other models used besides. */
  public void besides(List<ModelUsage> others) {
    besides = List.copyOf(others);
  }

  /** Takes the cost that the answer states; null if it states none. */
  public void cost(@Nullable Usd stated) {
    cost = stated;
  }

  /** The answer reports an error. */
  public void error() {
    error = true;
  }

  /**
   * The answer reports an error.
   *
   * @param fault how the provider describes it
   */
  public void error(JsonNode fault) {
    notes.error(fault);
    error();
  }

  /** A part that matters could not be read. */
  public void malformed() {
    malformed = true;
  }

  /** More was written than can be seen, such as thoughts or sound. */
  public void hidden() {
    hidden = true;
  }

  /** Says whether more was written than can be seen and was counted by now. */
  public void hidden(boolean more) {
    hidden = more;
  }

  /** The provider has said all it will say about the cost. */
  public void over() {
    over = true;
  }

  /**
   * Takes back what was concluded before, for APIs of which only what comes later shows whether a usage
   * was that of the whole answer.
   */
  public void undecided() {
    usage = null;
    cost = null;
    besides = List.of();
    over = false;
  }

  /** Returns what follows from it. */
  public Reading reading(State state) {
    if (over || state == State.COMPLETE || (state == State.CUT && usage != null)) {
      return conclusion();
    }
    if (state == State.CUT) {
      AbandonReason why = error
          ? AbandonReason.ERROR_IN_ANSWER
          : malformed ? AbandonReason.MALFORMED_ANSWER : AbandonReason.STREAM_CUT;
      return untold(why, isSeen() ? seen() : null);
    }
    return new Reading(
        false, usage == null ? null : settlement(usage), null, isSeen() ? seen() : null);
  }

  private Reading conclusion() {
    if (usage != null) {
      return new Reading(true, settlement(usage), null);
    }
    AbandonReason why = implausible
        ? AbandonReason.IMPLAUSIBLE_USAGE
        : error
            ? AbandonReason.ERROR_IN_ANSWER
            : malformed ? AbandonReason.MALFORMED_ANSWER : AbandonReason.NO_USAGE;
    return untold(why, isSeen() ? seen() : null);
  }

  private Reading untold(AbandonReason why, @Nullable SeenUsage seen) {
    if (why == AbandonReason.ERROR_IN_ANSWER && !begun && !hidden && !visible.any()) {
      return new Reading(true, settlement(Usage.NONE), null); // no provider bills an error
    }
    return new Reading(true, null, why, seen);
  }

  /** Whether anything came; if not, nobody can say what was written. */
  private boolean isSeen() {
    return begun || hidden || visible.any() || id != null || answeredBy != null;
  }

  private SeenUsage seen() {
    return new SeenUsage(
        running,
        inputStated,
        outputStated,
        visible.tokens(),
        hidden || implausible || malformed,
        answeredBy,
        serviceTier,
        id);
  }

  private Settlement settlement(Usage whole) {
    return new Settlement(whole, besides, answeredBy, serviceTier, region, id, cost);
  }
}

package dev.purser.wire;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that a {@link Dialect} has read. Immutable and safe for use by several threads. */
public interface WireCall {

  /** Returns the API that is spoken. */
  Dialect dialect();

  /**
   * Returns the model asked for, with an empty name if none is stated; its provider is known from
   * the host or assumed by the dialect.
   */
  ModelId model();

  /**
   * Returns the models besides {@link #model()} that may answer, because the request names them for
   * when that one cannot; one with an empty name stands for any that cannot be known.
   */
  default List<ModelId> alternatives() {
    return List.of();
  }

  /** Returns what the model is to read. */
  Prompt prompt();

  /** Returns the cap on the output of a choice, if the request sets one. */
  OptionalLong outputCap();

  /** Returns how many answers are asked for. */
  int choices();

  /** Whether the answer is to be streamed. */
  boolean stream();

  /**
   * Whether the answer will only state its usage if {@link Edit#askForUsage()} is sent; false too
   * where the provider would refuse the question.
   */
  boolean usageUnasked();

  /** Returns the service tier asked for, or null. */
  @Nullable String serviceTier();

  /** Returns the region asked for, where the provider bills a surcharge for the choice, or null. */
  default @Nullable String region() {
    return null;
  }

  /**
   * Returns why the answer will not say what it costs, such as that it is given later; null for a call
   * that can be metered.
   */
  default @Nullable String unmetered() {
    return null;
  }

  /**
   * Returns the name of what the call only reads the bill of, such as a batch, where reading it again
   * costs nothing again; null for a call that is billed each time.
   */
  default @Nullable String bill() {
    return null;
  }

  /** Returns the session that the request names, in its headers or metadata, or null. */
  @Nullable String session();

  /**
   * Returns the body with the edit applied and every other byte as it was; the request's own array
   * if there is nothing to change.
   */
  byte[] edited(Edit edit);

  /**
   * Returns a meter for the answer. An answer with a status of 400 or more passes as it is, and its
   * reading is finished with neither settlement nor trouble: no provider bills it.
   *
   * @param head the answer's status and headers
   * @param hideUsage whether to keep back the event that only {@link Edit#askForUsage()} brought;
   *     has no effect on an answer that comes compressed
   */
  Meter meter(AnswerHead head, boolean hideUsage);

  /**
   * A change of a request.
   *
   * @param model the model to ask for instead, or null
   * @param outputCap the output cap to set instead, or empty
   * @param askForUsage whether to ask for the usage of a stream; has no effect where the provider
   *     would refuse the question
   * @param moved whether the body was written for another host than the one that it was read for, so that
   *     a cap must stand where this one honours it
   */
  record Edit(@Nullable String model, OptionalLong outputCap, boolean askForUsage, boolean moved) {

    /** Changes nothing. */
    public static final Edit NONE = new Edit(null, OptionalLong.empty(), false);

    /** Makes a change for the host that the body was written for. */
    public Edit(@Nullable String model, OptionalLong outputCap, boolean askForUsage) {
      this(model, outputCap, askForUsage, false);
    }
  }

  /**
   * The start of an answer.
   *
   * @param status the HTTP status
   * @param contentType the content type, or null
   * @param contentEncoding the encoding that the meter will see the bytes in, or null for none
   * @param headers finds the last value of a header by its name, whatever the case
   */
  record AnswerHead(
      int status,
      @Nullable String contentType,
      @Nullable String contentEncoding,
      Function<String, @Nullable String> headers) {

    /** Makes a head that says nothing else of its cost. */
    public AnswerHead(int status, @Nullable String contentType, @Nullable String contentEncoding) {
      this(status, contentType, contentEncoding, name -> null);
    }
  }
}

package dev.purser.wire.request;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.frame.Meters;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.host.ModelOwner;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call whose request is a form in parts, with a field {@code model} and no cap on its output.
 *
 * @param dialect the API
 * @param form the body
 * @param model the model asked for
 * @param region the region that is billed for, or null
 * @param prompt what the model is to read
 * @param choices how many answers are asked for
 * @param reader makes what gathers the answer
 */
public record FormCall(
    Dialect dialect,
    FormBody form,
    ModelId model,
    @Nullable String region,
    Prompt prompt,
    int choices,
    Function<AnswerHead, AnswerReader> reader)
    implements WireCall {

  private static final String MODEL = "model";

  /**
   * Returns the call of a request.
   *
   * @param deployment the model, where the form names none
   */
  public static FormCall of(
      Dialect dialect,
      WireRequest request,
      FormBody form,
      String deployment,
      Prompt prompt,
      int choices,
      Function<AnswerHead, AnswerReader> reader) {
    String stated = form.text(MODEL);
    String name = stated == null ? deployment : stated.strip();
    ModelId model = ModelId.of(ModelOwner.of(Hosts.providerOf(request.host()), name), name);
    return new FormCall(
        dialect, form, model, Hosts.regionOf(request.host()), prompt, choices, reader);
  }

  @Override
  public OptionalLong outputCap() {
    return OptionalLong.empty();
  }

  @Override
  public boolean stream() {
    return form.isTrue("stream");
  }

  @Override
  public boolean usageUnasked() {
    return false;
  }

  @Override
  public @Nullable String serviceTier() {
    return null;
  }

  @Override
  public @Nullable String session() {
    return null;
  }

  @Override
  public byte[] edited(Edit edit) {
    String other = edit.model();
    return form.with(MODEL, other == null || other.equals(model.name()) ? null : other);
  }

  @Override
  public Meter meter(AnswerHead head, boolean hideUsage) {
    return Meters.choose(head, stream(), false, reader.apply(head));
  }

  /** Renders the model and sizes only, never the content. */
  @Override
  public String toString() {
    return dialect.name() + " to " + model + ", " + prompt;
  }
}

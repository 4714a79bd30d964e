package dev.purser.wire.request;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.frame.Meters;
import dev.purser.wire.json.JsonSplice;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call whose request is a JSON object. What APIs differ in is set by their dialects.
 */
public final class JsonCall implements WireCall {

  static final String MODEL = "model";

  private final Dialect dialect;
  private final JsonBody body;
  private final ModelId model;
  private final List<ModelId> alternatives;
  private final Prompt prompt;
  private final CapPlace cap;
  private final OptionalLong outputCap;
  private final int choices;
  private final boolean stream;
  private final @Nullable String serviceTier;
  private final @Nullable String region;
  private final @Nullable String unmetered;
  private final @Nullable String session;
  private final Function<AnswerHead, AnswerReader> reader;
  private final ObjLongConsumer<JsonSplice> alongside;
  private final boolean usageUnasked;
  private final @Nullable Function<Edit, byte[]> editor;

  JsonCall(JsonCallBuilder builder) {
    dialect = builder.dialect;
    body = builder.body;
    model = builder.model;
    alternatives = builder.alternatives;
    prompt = builder.prompt;
    cap = builder.cap;
    outputCap = cap.read(body);
    choices = builder.choices;
    stream = builder.stream;
    serviceTier = builder.serviceTier;
    region = builder.region;
    unmetered = builder.unmetered;
    session = builder.session;
    reader = builder.reader;
    alongside = builder.alongside;
    usageUnasked = builder.usageUnasked;
    editor = builder.editor;
  }

  /**
   * Returns a builder for a request, with its {@code model}, {@code stream}, {@code service_tier},
   * session and the region of its host, where it has them.
   *
   * @param reader makes what gathers the answer
   */
  public static JsonCallBuilder builder(
      Dialect dialect,
      WireRequest request,
      JsonBody body,
      Function<AnswerHead, AnswerReader> reader) {
    return new JsonCallBuilder(dialect, request, body, reader);
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public List<ModelId> alternatives() {
    return alternatives;
  }

  @Override
  public Prompt prompt() {
    return prompt;
  }

  @Override
  public OptionalLong outputCap() {
    return outputCap;
  }

  @Override
  public int choices() {
    return choices;
  }

  @Override
  public boolean stream() {
    return stream;
  }

  @Override
  public boolean usageUnasked() {
    return usageUnasked;
  }

  @Override
  public @Nullable String serviceTier() {
    return serviceTier;
  }

  @Override
  public @Nullable String region() {
    return region;
  }

  @Override
  public @Nullable String unmetered() {
    return unmetered;
  }

  @Override
  public @Nullable String session() {
    return session;
  }

  /** {@inheritDoc} A model that the path names stays as it is. */
  @Override
  public byte[] edited(Edit edit) {
    if (editor != null) {
      return editor.apply(edit);
    }
    JsonSplice splice = new JsonSplice();
    String other = edit.model();
    if (other != null && !other.equals(body.text(MODEL))) {
      body.all(MODEL).forEach(old -> splice.replace(old, JsonSplice.quoted(other)));
    }
    edit.outputCap().ifPresent(tokens -> {
      cap.write(body, tokens, splice);
      alongside.accept(splice, tokens);
    });
    return splice.apply(body.bytes());
  }

  @Override
  public Meter meter(AnswerHead head, boolean hideUsage) {
    return Meters.choose(head, stream, hideUsage, reader.apply(head));
  }

  /** Renders the model and sizes only, never the content. */
  @Override
  public String toString() {
    return dialect.name() + " to " + model + ", " + prompt;
  }
}

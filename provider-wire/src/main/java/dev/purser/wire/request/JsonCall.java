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
import dev.purser.wire.json.JsonSplice;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A call whose request is a JSON object. What APIs differ in is set by their dialects; the answer states
 * its usage unasked.
 */
public final class JsonCall implements WireCall {

  private static final String MODEL = "model";

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
  private final @Nullable String bill;
  private final @Nullable String session;
  private final Function<AnswerHead, AnswerReader> reader;
  private final ObjLongConsumer<JsonSplice> alongside;

  private JsonCall(Builder builder) {
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
    bill = builder.bill;
    session = builder.session;
    reader = builder.reader;
    alongside = builder.alongside;
  }

  /**
   * Returns a builder for a request, with its {@code model}, {@code stream}, {@code service_tier},
   * session and the region of its host, where it has them.
   *
   * @param reader makes what gathers the answer
   */
  public static Builder builder(
      Dialect dialect,
      WireRequest request,
      JsonBody body,
      Function<AnswerHead, AnswerReader> reader) {
    return new Builder(dialect, request, body, reader);
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
    return false;
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
  public @Nullable String bill() {
    return bill;
  }

  @Override
  public @Nullable String session() {
    return session;
  }

  /** {@inheritDoc} A model that the path names stays as it is. */
  @Override
  public byte[] edited(Edit edit) {
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
    return Meters.choose(head, stream, false, reader.apply(head));
  }

  /** Renders the model and sizes only, never the content. */
  @Override
  public String toString() {
    return dialect.name() + " to " + model + ", " + prompt;
  }

  /** Collects the parts of a call. Not safe for use by several threads. */
  public static final class Builder {
    private final Dialect dialect;
    private final JsonBody body;
    private final @Nullable String provider;
    private final Function<AnswerHead, AnswerReader> reader;
    private ModelId model;
    private List<ModelId> alternatives = List.of();
    private Prompt prompt = Prompt.EMPTY;
    private CapPlace cap = CapPlace.NONE;
    private int choices = 1;
    private boolean stream;
    private @Nullable String serviceTier;
    private @Nullable String region;
    private @Nullable String unmetered;
    private @Nullable String bill;
    private @Nullable String session;
    private ObjLongConsumer<JsonSplice> alongside = (splice, tokens) -> {};

    private Builder(
        Dialect dialect,
        WireRequest request,
        JsonBody body,
        Function<AnswerHead, AnswerReader> reader) {
      this.dialect = dialect;
      this.body = body;
      this.reader = reader;
      provider = Hosts.providerOf(request.host());
      String name = body.text(MODEL);
      model = modelId(name == null ? "" : name, provider);
      stream = body.isTrue("stream");
      serviceTier = body.text("service_tier");
      region = Hosts.regionOf(request.host());
      session = Sessions.of(request.headers(), body);
    }

    private static ModelId modelId(String name, @Nullable String provider) {
      return ModelId.of(ModelOwner.of(provider, name), name);
    }

    /** Names the model, where the body does not. */
    public Builder model(String name) {
      model = modelId(name, provider);
      return this;
    }

    /** Names the model and its provider, where the API is spoken by one alone. */
    public Builder model(ModelId id) {
      model = id;
      return this;
    }

    /** Names further models that may answer. */
    public Builder alternatives(List<ModelId> others) {
      alternatives = List.copyOf(others);
      return this;
    }

    /** Gives what the model is to read. */
    public Builder prompt(Prompt toRead) {
      prompt = toRead;
      return this;
    }

    /** Says where the output is capped. */
    public Builder cap(CapPlace place) {
      cap = place;
      return this;
    }

    /** Says what else must change where the cap does, or the provider would refuse the request. */
    public Builder alongside(ObjLongConsumer<JsonSplice> change) {
      alongside = change;
      return this;
    }

    /** Gives the number of answers asked for. */
    public Builder choices(int count) {
      choices = count;
      return this;
    }

    /** Says whether the answer comes in several pieces. */
    public Builder stream(boolean streamed) {
      stream = streamed;
      return this;
    }

    /** Gives the service tier asked for. */
    public Builder serviceTier(@Nullable String tier) {
      serviceTier = tier;
      return this;
    }

    /** Gives the region asked for. */
    public Builder region(@Nullable String asked) {
      region = asked;
      return this;
    }

    /** Says why the answer will not say what it costs. */
    public Builder unmetered(@Nullable String why) {
      unmetered = why;
      return this;
    }

    /** Names the bill that the call only reads. */
    public Builder bill(@Nullable String name) {
      bill = name;
      return this;
    }

    /** Returns the call. */
    public JsonCall build() {
      return new JsonCall(this);
    }
  }
}

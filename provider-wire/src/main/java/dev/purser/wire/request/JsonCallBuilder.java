package dev.purser.wire.request;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireCall.Edit;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.host.ModelOwner;
import dev.purser.wire.json.JsonSplice;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a call. Not safe for use by several threads. */
public final class JsonCallBuilder {
  final Dialect dialect;
  final JsonBody body;
  final @Nullable String provider;
  final Function<AnswerHead, AnswerReader> reader;
  ModelId model;
  List<ModelId> alternatives = List.of();
  Prompt prompt = Prompt.EMPTY;
  CapPlace cap = CapPlace.NONE;
  int choices = 1;
  boolean stream;

  @Nullable String serviceTier;

  @Nullable String region;

  @Nullable String unmetered;

  @Nullable String session;

  ObjLongConsumer<JsonSplice> alongside = (splice, tokens) -> {};
  boolean usageUnasked;

  @Nullable Function<Edit, byte[]> editor;

  JsonCallBuilder(
      Dialect dialect,
      WireRequest request,
      JsonBody body,
      Function<AnswerHead, AnswerReader> reader) {
    this.dialect = dialect;
    this.body = body;
    this.reader = reader;
    provider = Hosts.providerOf(request.host());
    String name = body.text(JsonCall.MODEL);
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
  public JsonCallBuilder model(String name) {
    model = modelId(name, provider);
    return this;
  }

  /** Names the model and its provider, where the API is spoken by one alone. */
  public JsonCallBuilder model(ModelId id) {
    model = id;
    return this;
  }

  /** Names further models that may answer. */
  public JsonCallBuilder alternatives(List<ModelId> others) {
    alternatives = List.copyOf(others);
    return this;
  }

  /** Gives what the model is to read. */
  public JsonCallBuilder prompt(Prompt toRead) {
    prompt = toRead;
    return this;
  }

  /** Says where the output is capped. */
  public JsonCallBuilder cap(CapPlace place) {
    cap = place;
    return this;
  }

  /** Says what else must change where the cap does, or the provider would refuse the request. */
  public JsonCallBuilder alongside(ObjLongConsumer<JsonSplice> change) {
    alongside = change;
    return this;
  }

  /** Gives the number of answers asked for. */
  public JsonCallBuilder choices(int count) {
    choices = count;
    return this;
  }

  /** Says whether the answer comes in several pieces. */
  public JsonCallBuilder stream(boolean streamed) {
    stream = streamed;
    return this;
  }

  /** Gives the service tier asked for. */
  public JsonCallBuilder serviceTier(@Nullable String tier) {
    serviceTier = tier;
    return this;
  }

  /** Gives the region asked for. */
  public JsonCallBuilder region(@Nullable String asked) {
    region = asked;
    return this;
  }

  /** Says why the answer will not say what it costs. */
  public JsonCallBuilder unmetered(@Nullable String why) {
    unmetered = why;
    return this;
  }

  /** Says whether the answer will only state its usage if it is asked to; it does so by default. */
  public JsonCallBuilder usageUnasked(boolean unasked) {
    usageUnasked = unasked;
    return this;
  }

  /** Says how a request is edited where more is to be changed than its model and its cap. */
  public JsonCallBuilder editedBy(Function<Edit, byte[]> edits) {
    editor = edits;
    return this;
  }

  /** Returns the call. */
  public JsonCall build() {
    return new JsonCall(this);
  }
}

package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.frame.Meters;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.host.ModelOwner;
import dev.purser.wire.request.Sessions;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request for a completion, of a chat or of a text. */
final class ChatCall implements WireCall {

  private final Dialect dialect;
  private final ChatBody body;
  private final @Nullable String knownProvider;
  private final boolean mayAskForUsage;
  private final boolean newCap;
  private final ModelId model;
  private final List<ModelId> alternatives;
  private final Prompt prompt;
  private final int choices;
  private final int shown;
  private final @Nullable String region;
  private final @Nullable String session;

  private ChatCall(
      Dialect dialect, WireRequest request, ChatBody body, Prompt prompt, int choices, int shown) {
    this.dialect = dialect;
    this.body = body;
    this.prompt = prompt;
    this.choices = choices;
    this.shown = shown;
    String path = request.path();
    String deployment = PathEnd.deployment(path);
    String stated = body.json().text(ChatBody.MODEL);
    String name = stated == null ? deployment : stated;
    knownProvider = Hosts.providerOf(request.host());
    mayAskForUsage = UsageOption.usable(knownProvider, path, request.query());
    newCap = CapField.isNewFor(knownProvider, path, request.query());
    model = ModelId.of(ModelOwner.of(knownProvider, name), name);
    alternatives = Alternatives.of(body.json(), request.headers(), knownProvider, name, deployment);
    region = Hosts.regionOf(request.host());
    session = Sessions.of(request.headers(), body.json());
  }

  /**
   * Returns the call.
   *
   * @param prompt what the model is to read
   * @param choices how many answers are written
   * @param shown how many of them are given, of which all must have finished
   */
  static ChatCall of(
      Dialect dialect, WireRequest request, ChatBody body, Prompt prompt, int choices, int shown) {
    return new ChatCall(dialect, request, body, prompt, choices, shown);
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
    return body.outputCap();
  }

  @Override
  public int choices() {
    return choices;
  }

  @Override
  public boolean stream() {
    return body.json().isTrue("stream");
  }

  @Override
  public boolean usageUnasked() {
    return mayAskForUsage && body.json().isTrue("stream") && !body.asksForUsage();
  }

  @Override
  public @Nullable String serviceTier() {
    return body.json().text("service_tier");
  }

  @Override
  public @Nullable String region() {
    return region;
  }

  @Override
  public @Nullable String session() {
    return session;
  }

  @Override
  public byte[] edited(Edit edit) {
    String name = edit.model() == null ? model.name() : edit.model();
    boolean askForUsage = mayAskForUsage && edit.askForUsage();
    Edit allowed = new Edit(edit.model(), edit.outputCap(), askForUsage);
    return ChatEdit.apply(body, allowed, CapField.of(newCap, name));
  }

  @Override
  public Meter meter(AnswerHead head, boolean hideUsage) {
    return Meters.choose(
        head,
        body.json().isTrue("stream"),
        hideUsage,
        new ChatAnswer(knownProvider, shown, SearchModels.searches(model)));
  }

  /** Renders the model and sizes only, never the content. */
  @Override
  public String toString() {
    return dialect.name() + " to " + model + ", " + prompt;
  }
}

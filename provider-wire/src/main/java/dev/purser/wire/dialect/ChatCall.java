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

/** A request for a chat completion. */
final class ChatCall implements WireCall {

  private final Dialect dialect;
  private final ChatBody body;
  private final @Nullable String knownProvider;
  private final boolean mayAskForUsage;
  private final boolean newCap;
  private final ModelId model;
  private final List<ModelId> alternatives;
  private final Prompt prompt;
  private final @Nullable String session;

  private ChatCall(
      Dialect dialect,
      ChatBody body,
      @Nullable String knownProvider,
      boolean mayAskForUsage,
      boolean newCap,
      ModelId model,
      List<ModelId> alternatives,
      Prompt prompt,
      @Nullable String session) {
    this.dialect = dialect;
    this.body = body;
    this.knownProvider = knownProvider;
    this.mayAskForUsage = mayAskForUsage;
    this.newCap = newCap;
    this.model = model;
    this.alternatives = alternatives;
    this.prompt = prompt;
    this.session = session;
  }

  /** Returns the call, or null if the request's body is none. */
  static @Nullable ChatCall read(Dialect dialect, WireRequest request) {
    ChatBody body = ChatBody.read(request.body());
    if (body == null) {
      return null;
    }
    Prompt prompt = ChatPrompt.read(body);
    if (prompt == null) {
      return null;
    }
    String deployment = deployment(request.path());
    String stated = body.json().text(ChatBody.MODEL);
    String model = stated == null ? deployment : stated;
    String provider = Hosts.providerOf(request.host());
    return new ChatCall(
        dialect,
        body,
        provider,
        UsageOption.usable(provider, request.path(), request.query()),
        CapField.isNewFor(provider, request.path(), request.query()),
        ModelId.of(ModelOwner.of(provider, model), model),
        Alternatives.of(body.json(), request.headers(), provider, model, deployment),
        prompt,
        Sessions.of(request.headers(), body.json()));
  }

  /**
   * Azure names the model by the path alone: {@code /openai/deployments/{name}/chat/…}. Empty where
   * the path names none either: servers of a single model answer such a call, and some bill it.
   */
  private static String deployment(String path) {
    String before = "/deployments/";
    int start = path.indexOf(before);
    int end = start < 0 ? -1 : path.indexOf('/', start + before.length());
    return end < 0 ? "" : path.substring(start + before.length(), end);
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
    return body.choices();
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
        new ChatAnswer(knownProvider, body.choices()));
  }

  /** Renders the model and sizes only, never the content. */
  @Override
  public String toString() {
    return dialect.name() + " to " + model + ", " + prompt;
  }
}

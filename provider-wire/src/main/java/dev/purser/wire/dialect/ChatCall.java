package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.host.ModelOwner;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import java.util.Objects;

/** A request for a completion, of a chat or of a text. */
final class ChatCall {

  private ChatCall() {}

  /**
   * Returns the call.
   *
   * @param prompt what the model is to read
   * @param choices how many answers are written
   * @param shown how many of them are given, of which all must have finished
   */
  static WireCall of(
      Dialect dialect, WireRequest request, ChatBody body, Prompt prompt, int choices, int shown) {
    JsonBody json = body.json();
    String path = request.path();
    String deployment = PathEnd.deployment(path);
    String stated = json.text(ChatBody.MODEL);
    String name = stated == null ? deployment : stated;
    String provider = Hosts.providerOf(request.host());
    boolean mayAskForUsage = UsageOption.usable(provider, path, request.query());
    boolean newCap = CapField.isNewFor(provider, path, request.query());
    boolean searches = SearchModels.searches(ModelId.of(ModelOwner.of(provider, name), name));
    return JsonCall.builder(
            dialect, request, json, head -> new ChatAnswer(provider, shown, searches))
        .model(name)
        .alternatives(Alternatives.of(json, request.headers(), provider, name, deployment))
        .prompt(prompt)
        .cap(ChatBody.CAP)
        .choices(choices)
        .usageUnasked(mayAskForUsage && json.isTrue("stream") && !body.asksForUsage())
        .editedBy(edit -> edited(body, edit, mayAskForUsage, newCap, name))
        .build();
  }

  private static byte[] edited(
      ChatBody body, Edit edit, boolean mayAskForUsage, boolean newCap, String name) {
    Edit allowed = new Edit(
        edit.model(), edit.outputCap(), mayAskForUsage && edit.askForUsage(), edit.moved());
    String model = Objects.requireNonNullElse(edit.model(), name);
    return ChatEdit.apply(body, allowed, CapField.of(newCap, model));
  }
}

package dev.purser.wire.dialect;

import dev.purser.wire.WireCall;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.json.JsonSplice;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import java.util.List;

/** Changes a request for a chat completion and leaves every other byte as it was. */
final class ChatEdit {

  private ChatEdit() {}

  static byte[] apply(ChatBody chat, WireCall.Edit edit, String preferredCap) {
    JsonBody body = chat.json();
    JsonSplice splice = new JsonSplice();
    String model = edit.model();
    if (model != null && !model.equals(body.text(ChatBody.MODEL))) {
      // Without the field the path or the server names it, and nothing in the body can change it.
      body.all(ChatBody.MODEL).forEach(old -> splice.replace(old, JsonSplice.quoted(model)));
    }
    edit.outputCap().ifPresent(cap -> {
      if (edit.moved()) {
        moveCap(body, splice, preferredCap, cap);
      } else {
        setCap(body, splice, preferredCap, cap);
      }
    });
    if (edit.askForUsage() && !chat.asksForUsage()) {
      askForUsage(body, splice);
    }
    return splice.apply(body.bytes());
  }

  /**
   * Every cap that is given is set. Where none is, only one is written even if both are there as null:
   * providers refuse a request with both.
   */
  private static void setCap(JsonBody body, JsonSplice splice, String preferred, long cap) {
    CapPlace.of(preferred, other(preferred)).write(body, cap, splice);
  }

  /** Of two fields that mean the same, another host may honour one only. */
  private static void moveCap(JsonBody body, JsonSplice splice, String preferred, long cap) {
    body.all(other(preferred)).forEach(old -> splice.replace(old, "null"));
    CapPlace.of(preferred).write(body, cap, splice);
  }

  private static String other(String cap) {
    return cap.equals(ChatBody.NEW_CAP) ? ChatBody.OLD_CAP : ChatBody.NEW_CAP;
  }

  private static void askForUsage(JsonBody body, JsonSplice splice) {
    List<JsonSlice> options = body.all(ChatBody.STREAM_OPTIONS);
    if (options.isEmpty()) {
      splice.insert(
          body.document(), ChatBody.STREAM_OPTIONS, "{\"" + ChatBody.INCLUDE_USAGE + "\":true}");
    }
    for (JsonSlice each : options) {
      if (each.isNull()) {
        splice.replace(each, "{\"" + ChatBody.INCLUDE_USAGE + "\":true}");
      } else if (each.isObject()) {
        includeUsage(each, splice);
      } // anything else the provider refuses, and the caller should see that
    }
  }

  private static void includeUsage(JsonSlice options, JsonSplice splice) {
    boolean[] present = new boolean[1];
    options.each((name, value) -> {
      if (name.equals(ChatBody.INCLUDE_USAGE)) {
        present[0] = true;
        if (!value.isTrue()) {
          splice.replace(value, "true");
        }
      }
    });
    if (!present[0]) {
      splice.insert(options, ChatBody.INCLUDE_USAGE, "true");
    }
  }
}

package dev.purser.wire;

import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.json.JsonSplice;
import java.util.List;

/** Changes a request for a chat completion and leaves every other byte as it was. */
final class ChatEdit {

  private ChatEdit() {}

  static byte[] apply(ChatBody body, WireCall.Edit edit, String preferredCap) {
    JsonSplice splice = new JsonSplice();
    String model = edit.model();
    if (model != null && !model.equals(body.model())) {
      // Without the field the path or the server names it, and nothing in the body can change it.
      body.all(ChatBody.MODEL).forEach(old -> splice.replace(old, JsonSplice.quoted(model)));
    }
    edit.outputCap().ifPresent(cap -> setCap(body, splice, preferredCap, cap));
    if (edit.askForUsage() && !body.asksForUsage()) {
      askForUsage(body, splice);
    }
    return splice.apply(body.bytes());
  }

  private static void setCap(ChatBody body, JsonSplice splice, String preferred, long cap) {
    boolean old = isSet(body, ChatBody.OLD_CAP);
    boolean current = isSet(body, ChatBody.NEW_CAP);
    if (old) {
      replaceAll(body, splice, ChatBody.OLD_CAP, Long.toString(cap));
    }
    if (current) {
      replaceAll(body, splice, ChatBody.NEW_CAP, Long.toString(cap));
    }
    if (!old && !current) {
      // Only one is written even if both are there as null: providers refuse a request with both.
      replaceOrInsert(body, splice, preferred, Long.toString(cap));
    }
  }

  private static boolean isSet(ChatBody body, String name) {
    return body.all(name).stream().anyMatch(value -> !value.isNull());
  }

  private static void askForUsage(ChatBody body, JsonSplice splice) {
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

  private static void replaceOrInsert(ChatBody body, JsonSplice splice, String name, String json) {
    if (body.all(name).isEmpty()) {
      splice.insert(body.document(), name, json);
    } else {
      replaceAll(body, splice, name, json);
    }
  }

  private static void replaceAll(ChatBody body, JsonSplice splice, String name, String json) {
    body.all(name).forEach(old -> splice.replace(old, json));
  }
}

package dev.purser.langchain4j;

import okhttp3.mockwebserver.MockResponse;

/** What providers answer with. */
final class Bodies {

  /** Of gpt-4o, in nano-dollars a token. */
  static final long GPT_INPUT = 2_500;

  static final long GPT_CACHED = 1_250;
  static final long GPT_OUTPUT = 10_000;

  /** Of claude-haiku-4-5, in nano-dollars a token. */
  static final long HAIKU_INPUT = 1_000;

  static final long HAIKU_READ = 100;
  static final long HAIKU_WRITTEN = 1_250;
  static final long HAIKU_OUTPUT = 5_000;

  static final String GPT_USAGE = "{\"prompt_tokens\":1200,\"completion_tokens\":70,"
      + "\"total_tokens\":1270,\"prompt_tokens_details\":{\"cached_tokens\":1024},"
      + "\"completion_tokens_details\":{\"reasoning_tokens\":20}}";
  static final long GPT_BILL = 176 * GPT_INPUT + 1024 * GPT_CACHED + 70 * GPT_OUTPUT;

  static final String HAIKU_USAGE = "{\"input_tokens\":30,\"output_tokens\":70,"
      + "\"cache_creation_input_tokens\":500,\"cache_read_input_tokens\":2000}";
  static final long HAIKU_BILL =
      30 * HAIKU_INPUT + 500 * HAIKU_WRITTEN + 2000 * HAIKU_READ + 70 * HAIKU_OUTPUT;

  private Bodies() {}

  static MockResponse json(String body) {
    return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
  }

  static MockResponse events(String body) {
    return new MockResponse()
        .setHeader("Content-Type", "text/event-stream")
        .setChunkedBody(body, 64);
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String chat(String message, String finish, String usage) {
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,"
        + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"message\":" + message
        + ",\"finish_reason\":\"" + finish + "\"}],\"usage\":" + usage + "}";
  }

  static MockResponse gpt(String text) {
    String message = "{\"role\":\"assistant\",\"content\":" + quoted(text) + "}";
    return json(chat(message, "stop", GPT_USAGE));
  }

  static MockResponse gptCalls(String tool, String arguments) {
    String message = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\","
        + "\"type\":\"function\",\"function\":{\"name\":\"" + tool + "\",\"arguments\":"
        + quoted(arguments) + "}}]}";
    return json(chat(message, "tool_calls", GPT_USAGE));
  }

  static String gptDelta(String delta, String finish) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":" + delta
        + ",\"finish_reason\":" + (finish == null ? "null" : quoted(finish)) + "}]}\n\n";
  }

  static String gptText(String text) {
    return gptDelta("{\"content\":" + quoted(text) + "}", null);
  }

  static final String GPT_END = gptDelta("{}", "stop");
  static final String GPT_USAGE_EVENT =
      "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
          + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[],\"usage\":" + GPT_USAGE + "}\n\n";
  static final String DONE = "data: [DONE]\n\n";

  static MockResponse gptStream(String... texts) {
    StringBuilder body = new StringBuilder();
    for (String text : texts) {
      body.append(gptText(text));
    }
    return events(body + GPT_END + GPT_USAGE_EVENT + DONE);
  }

  static MockResponse gptStreamCalls(String tool, String arguments) {
    String call = "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
        + "\"function\":{\"name\":\"" + tool + "\",\"arguments\":" + quoted(arguments) + "}}]}";
    return events(gptDelta(call, null) + gptDelta("{}", "tool_calls") + GPT_USAGE_EVENT + DONE);
  }

  static MockResponse haiku(String text) {
    return json("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
        + "\"model\":\"claude-haiku-4-5-20251001\",\"content\":[{\"type\":\"text\",\"text\":"
        + quoted(text) + "}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":"
        + HAIKU_USAGE + "}");
  }

  static MockResponse haikuCalls(String tool, String input) {
    return json("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
        + "\"model\":\"claude-haiku-4-5-20251001\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\","
        + "\"name\":\"" + tool + "\",\"input\":" + input + "}],\"stop_reason\":\"tool_use\","
        + "\"stop_sequence\":null,\"usage\":" + HAIKU_USAGE + "}");
  }

  static MockResponse haikuStreamCalls(String tool, String input) {
    StringBuilder body = new StringBuilder();
    start(body);
    event(
        body,
        "content_block_start",
        "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"" + tool
            + "\",\"input\":{}}");
    event(
        body,
        "content_block_delta",
        "\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":" + quoted(input)
            + "}");
    event(body, "content_block_stop", "\"index\":0");
    return end(body, "tool_use");
  }

  static MockResponse haikuStream(String... texts) {
    StringBuilder body = new StringBuilder();
    start(body);
    event(
        body,
        "content_block_start",
        "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    for (String text : texts) {
      event(
          body,
          "content_block_delta",
          "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(text) + "}");
    }
    event(body, "content_block_stop", "\"index\":0");
    return end(body, "end_turn");
  }

  /** Breaks off with an error after some text. */
  static MockResponse haikuStreamFails(String text) {
    StringBuilder body = new StringBuilder();
    start(body);
    event(
        body,
        "content_block_start",
        "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    event(
        body,
        "content_block_delta",
        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(text) + "}");
    event(body, "error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");
    return events(body.toString());
  }

  private static void start(StringBuilder body) {
    event(
        body,
        "message_start",
        "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"claude-haiku-4-5-20251001\",\"content\":[],\"stop_reason\":null,"
            + "\"usage\":{\"input_tokens\":30,\"output_tokens\":1,"
            + "\"cache_creation_input_tokens\":500,\"cache_read_input_tokens\":2000}}");
  }

  private static MockResponse end(StringBuilder body, String reason) {
    event(
        body,
        "message_delta",
        "\"delta\":{\"stop_reason\":\"" + reason + "\",\"stop_sequence\":null},"
            + "\"usage\":{\"output_tokens\":70}");
    event(body, "message_stop", "\"x\":0");
    return events(body.toString());
  }

  private static void event(StringBuilder body, String type, String fields) {
    body.append("event: ")
        .append(type)
        .append("\ndata: {\"type\":\"")
        .append(type)
        .append("\",")
        .append(fields)
        .append("}\n\n");
  }
}

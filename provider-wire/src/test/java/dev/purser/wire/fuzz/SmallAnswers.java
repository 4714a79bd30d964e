package dev.purser.wire.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.fuzz.SmallAnswer.Framing;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An answer of each API and framing, written by hand after the providers' references. */
final class SmallAnswers {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String STREAMED = "{\"model\":\"m\",\"stream\":true," + MESSAGES + "}";
  private static final String PLAIN = "{\"model\":\"m\"," + MESSAGES + "}";
  private static final String CONTENTS = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";
  private static final String OF_ANTHROPIC =
      "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":99," + MESSAGES;
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14}";
  private static final String IN_AND_OUT = "\"usage\":{\"input_tokens\":11,\"output_tokens\":3}";
  private static final String GOOGLE_USAGE = "\"usageMetadata\":{\"promptTokenCount\":11,"
      + "\"candidatesTokenCount\":3,\"totalTokenCount\":14},\"modelVersion\":\"gemini-2.5-flash\"}";
  private static final String CANDIDATE =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"word\"}]}}]";
  private static final String GOOGLE =
      "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:";
  private static final String BEDROCK = "https://bedrock-runtime.us-east-1.amazonaws.com/model/";
  private static final String CLAUDE = BEDROCK + "anthropic.claude-3-haiku-20240307-v1%3A0/";

  static final List<SmallAnswer> ALL = List.of(
      json(
          "https://api.openai.com/v1/chat/completions",
          PLAIN,
          "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
              + "\"message\":{\"content\":\"hi\"},\"x\":[0",
          ",{\"text\":\"word\"}",
          "]}]," + USAGE + "}"),
      sse(
          "https://api.openai.com/v1/chat/completions",
          STREAMED,
          data("{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{}}]}"),
          data("{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}"),
          data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}")
              + data("{\"choices\":[]," + USAGE + "}") + "data: [DONE]\n\n"),
      sse(
          "https://openrouter.ai/api/v1/chat/completions",
          STREAMED,
          data("{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{}}]}"),
          ": OPENROUTER PROCESSING\n\n",
          data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                  + USAGE.replace("}", ",\"cost\":0.00042}") + "}")
              + "data: [DONE]\n\n"),
      sse(
          "https://api.openai.com/v1/completions",
          "{\"model\":\"m\",\"stream\":true,\"prompt\":\"hi\"}",
          data("{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\"a\"}]}"),
          data("{\"id\":\"c\",\"choices\":[{\"index\":0,\"text\":\"word\"}]}"),
          data("{\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"stop\"}]}")
              + data("{\"choices\":[]," + USAGE + "}") + "data: [DONE]\n\n"),
      json(
          "https://api.openai.com/v1/responses",
          "{\"model\":\"m\",\"input\":\"hi\"}",
          "{\"id\":\"r\",\"status\":\"completed\",\"model\":\"m\",\"output\":[{\"type\":\"x\"}",
          ",{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"word\"}]}",
          "]," + IN_AND_OUT + "}"),
      sse(
          "https://api.openai.com/v1/responses",
          "{\"model\":\"m\",\"stream\":true,\"input\":\"hi\"}",
          event("response.created", ",\"response\":{\"id\":\"r\",\"model\":\"m\",\"usage\":null}"),
          event("response.output_text.delta", ",\"item_id\":\"i\",\"delta\":\"word\""),
          event(
              "response.completed",
              ",\"response\":{\"id\":\"r\",\"status\":\"completed\","
                  + "\"model\":\"m\",\"output\":[]," + IN_AND_OUT + "}")),
      json(
          "https://api.openai.com/v1/embeddings",
          "{\"model\":\"m\",\"input\":\"hi\"}",
          "{\"object\":\"list\",\"model\":\"m\",\"data\":[{\"embedding\":[0.5",
          ",-0.012345678",
          "]}],\"usage\":{\"prompt_tokens\":11,\"total_tokens\":11}}"),
      json(
          "https://api.anthropic.com/v1/messages",
          OF_ANTHROPIC + "}",
          "{\"id\":\"m\",\"type\":\"message\",\"model\":\"claude-sonnet-4-5\",\"content\":["
              + "{\"type\":\"text\",\"text\":\"hi\"}",
          ",{\"type\":\"text\",\"text\":\"word\"}",
          "],\"stop_reason\":\"end_turn\"," + IN_AND_OUT + "}"),
      sse(
          "https://api.anthropic.com/v1/messages",
          OF_ANTHROPIC + ",\"stream\":true}",
          event(
              "message_start",
              ",\"message\":{\"id\":\"m\",\"model\":\"claude-sonnet-4-5\","
                  + "\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}"),
          event(
              "content_block_delta",
              ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"word\"}"),
          event(
                  "message_delta",
                  ",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}")
              + event("message_stop", "")),
      lines(
          "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results",
          "",
          "",
          "{\"custom_id\":\"e\",\"result\":{\"type\":\"canceled\"}}\n",
          "{\"custom_id\":\"0\",\"result\":{\"type\":\"succeeded\",\"message\":{\"id\":\"m\","
              + "\"model\":\"claude-sonnet-4-5\"," + IN_AND_OUT + "}}}\n"),
      json(
          GOOGLE + "generateContent",
          CONTENTS,
          "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}",
          ",{\"text\":\"word\"}",
          "]},\"finishReason\":\"STOP\"}]," + GOOGLE_USAGE),
      sse(
          GOOGLE + "streamGenerateContent?alt=sse",
          CONTENTS,
          data(CANDIDATE + "}"),
          data(CANDIDATE + "}"),
          data("{\"candidates\":[{\"finishReason\":\"STOP\"}]," + GOOGLE_USAGE)),
      answer(
          Framing.JSON_ARRAY,
          GOOGLE + "streamGenerateContent",
          CONTENTS,
          "[" + CANDIDATE + "}",
          ",\r\n" + CANDIDATE + "}",
          ",{\"candidates\":[{\"finishReason\":\"STOP\"}]," + GOOGLE_USAGE + "]"),
      json(
          CLAUDE + "converse",
          "{" + MESSAGES.replace("\"hi\"", "[{\"text\":\"hi\"}]") + "}",
          "{\"output\":{\"message\":{\"content\":[{\"text\":\"hi\"}",
          ",{\"text\":\"word\"}",
          "]}},\"stopReason\":\"end_turn\",\"usage\":{"
              + "\"inputTokens\":11,\"outputTokens\":3,\"totalTokens\":14}}"),
      answer(
          Framing.EVENT_STREAM,
          CLAUDE + "converse-stream",
          "{" + MESSAGES.replace("\"hi\"", "[{\"text\":\"hi\"}]") + "}",
          Map.of(),
          EventFrame.event("messageStart", "{\"role\":\"assistant\"}"),
          EventFrame.event(
              "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"word\"}}"),
          joined(
              EventFrame.event("messageStop", "{\"stopReason\":\"end_turn\"}"),
              EventFrame.event(
                  "metadata",
                  "{\"usage\":{\"inputTokens\":11,\"outputTokens\":3,"
                      + "\"totalTokens\":14},\"metrics\":{\"latencyMs\":5}}"))),
      json(
          CLAUDE + "invoke",
          OF_ANTHROPIC.replace("\"model\":\"claude-sonnet-4-5\",", "") + "}",
          "{\"id\":\"m\",\"type\":\"message\",\"model\":\"claude-3-haiku\",\"content\":[0",
          ",{\"type\":\"text\",\"text\":\"word\"}",
          "],\"stop_reason\":\"end_turn\"," + IN_AND_OUT + "}"),
      answer(
          Framing.EVENT_STREAM,
          BEDROCK + "meta.llama3-8b-instruct-v1%3A0" + "/invoke-with-response-stream",
          "{\"prompt\":\"hi\",\"max_gen_len\":99}",
          Map.of(),
          chunk("{\"generation\":\"hi\"}"),
          chunk("{\"generation\":\"word\"}"),
          chunk("{\"generation\":\"\",\"stop_reason\":\"stop\",\"prompt_token_count\":11,"
              + "\"generation_token_count\":3,\"amazon-bedrock-invocationMetrics\":"
              + "{\"inputTokenCount\":11,\"outputTokenCount\":3}}")),
      json(
          "https://api.cohere.com/v2/chat",
          PLAIN,
          "{\"id\":\"c\",\"finish_reason\":\"COMPLETE\",\"message\":{\"content\":["
              + "{\"type\":\"text\",\"text\":\"hi\"}",
          ",{\"type\":\"text\",\"text\":\"word\"}",
          "]},\"usage\":{\"billed_units\":" + "{\"input_tokens\":11,\"output_tokens\":3}}}"),
      sse(
          "https://api.cohere.com/v2/chat",
          STREAMED,
          event("message-start", ",\"id\":\"c\""),
          event("content-delta", ",\"delta\":{\"message\":{\"content\":{\"text\":\"word\"}}}"),
          event(
              "message-end",
              ",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":"
                  + "{\"billed_units\":{\"input_tokens\":11,\"output_tokens\":3}}}")),
      lines(
          "https://api.cohere.com/v1/chat",
          "{\"model\":\"m\",\"message\":\"hi\",\"stream\":true}",
          "{\"event_type\":\"stream-start\",\"generation_id\":\"g\"}\n",
          "{\"event_type\":\"text-generation\",\"text\":\"word\"}\n",
          "{\"event_type\":\"stream-end\",\"is_finished\":true,\"finish_reason\":\"COMPLETE\","
              + "\"response\":{\"meta\":{\"billed_units\":"
              + "{\"input_tokens\":11,\"output_tokens\":3}}}}\n"),
      lines(
          "http://localhost:11434/api/chat",
          STREAMED,
          "{\"model\":\"m\",\"message\":{\"content\":\"hi\"},\"done\":false}\n",
          "{\"model\":\"m\",\"message\":{\"content\":\"word\"},\"done\":false}\n",
          "{\"model\":\"m\",\"done\":true,\"done_reason\":\"stop\","
              + "\"prompt_eval_count\":11,\"eval_count\":3}\n"));

  private SmallAnswers() {}

  private static SmallAnswer json(
      String url, String request, String start, String again, String end) {
    return answer(Framing.JSON, url, request, start, again, end);
  }

  private static SmallAnswer sse(
      String url, String request, String start, String again, String end) {
    return answer(Framing.SSE, url, request, start, again, end);
  }

  private static SmallAnswer lines(
      String url, String request, String start, String again, String end) {
    return answer(Framing.NDJSON, url, request, start, again, end);
  }

  private static SmallAnswer answer(
      Framing framing, String url, String request, String start, String again, String end) {
    return answer(
        framing,
        url,
        request,
        Map.of(),
        start.getBytes(UTF_8),
        again.getBytes(UTF_8),
        end.getBytes(UTF_8));
  }

  private static SmallAnswer answer(
      Framing framing,
      String url,
      String request,
      Map<String, String> headers,
      byte[] start,
      byte[] again,
      byte[] end) {
    String name = framing + " of " + url;
    return new SmallAnswer(name, framing, url, request, headers, start, again, end);
  }

  private static String data(String json) {
    return "data: " + json + "\n\n";
  }

  private static String event(String type, String fields) {
    return "event: " + type + "\n" + data("{\"type\":\"" + type + "\"" + fields + "}");
  }

  private static byte[] chunk(String json) {
    String base64 = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    return EventFrame.event("chunk", "{\"bytes\":\"" + base64 + "\"}");
  }

  private static byte[] joined(byte[] a, byte[] b) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(a);
    both.writeBytes(b);
    return both.toByteArray();
  }
}

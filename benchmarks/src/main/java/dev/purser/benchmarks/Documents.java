package dev.purser.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests and answers as they are sent, made from a fixed seed; no two are the same, for one document that
 * is read again and again teaches the branch predictor and flatters a parser twofold.
 */
final class Documents {

  private static final String[] WORDS = {
    "budget",
    "of",
    "the",
    "team",
    "says",
    "how",
    "much",
    "may",
    "be",
    "spent",
    "(and",
    "on",
    "what)",
    "until",
    "2026-12-31,",
    "{\\\"limit\\\":",
    "\\\"$500\\\"},",
    "if",
    "return",
    "account.used();\\n",
    "\u00fcber",
    "na\u00efve",
    "\\u00e9t\\u00e9",
    "\u9884\u7b97"
  };
  private static final String TOOL = """
      {"type":"function","function":{"name":"read_file","description":"Reads a file of the project.",\
      "parameters":{"type":"object","properties":{"path":{"type":"string"},"lines":{"type":"array",\
      "items":{"type":"integer"}}},"required":["path"]}}}""";

  private final Random random;

  Documents(long seed) {
    random = new Random(seed);
  }

  /** Returns chat requests of about so many bytes: a system prompt, turns with tool calls, and tools. */
  List<byte[]> requests(int count, int bytes, boolean stream) {
    List<byte[]> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      requests.add(request(bytes, stream).getBytes(UTF_8));
    }
    return requests;
  }

  private String request(int bytes, boolean stream) {
    StringBuilder json = new StringBuilder(bytes + 256)
        .append("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"");
    text(json, bytes / 16);
    json.append("\"}");
    boolean tool = false;
    while (json.length() < bytes - TOOL.length() - 256) {
      int wanted = Math.min(bytes - json.length(), bytes / 8 + random.nextInt(bytes / 8));
      if (tool) {
        json.append(",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_")
            .append(random.nextInt(1 << 20))
            .append("\",\"type\":\"function\",\"function\":{\"name\":\"read_file\",\"arguments\":")
            .append(
                "\"{\\\"path\\\":\\\"src/Main.java\\\"}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"");
      } else {
        json.append(",{\"role\":\"user\",\"content\":\"");
      }
      text(json, wanted);
      json.append("\"}");
      tool = !tool;
    }
    json.append("],\"tools\":[").append(TOOL).append("],\"max_tokens\":1024,\"temperature\":0.2");
    if (stream) {
      json.append(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    }
    return json.append('}').toString();
  }

  private void text(StringBuilder json, int characters) {
    int end = json.length() + characters;
    while (json.length() < end) {
      json.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
  }

  /** Returns the events of a streamed answer: so many of about 200 bytes, the usage, and the end. */
  List<byte[]> events(int count) {
    List<byte[]> events = new ArrayList<>(count + 2);
    String head = "data: {\"id\":\"chatcmpl-" + random.nextInt(1 << 20)
        + "\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":\"gpt-4o-2024-08-06\",";
    for (int i = 0; i < count; i++) {
      StringBuilder event =
          new StringBuilder(head).append("\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
      text(event, 4);
      event.append("\"},\"finish_reason\":").append(i == count - 1 ? "\"stop\"" : "null");
      events.add(event.append("}],\"usage\":null}\n\n").toString().getBytes(UTF_8));
    }
    events.add((head + "\"choices\":[],\"usage\":{\"prompt_tokens\":250,\"completion_tokens\":"
            + count + ",\"total_tokens\":" + (250 + count) + "}}\n\n")
        .getBytes(UTF_8));
    events.add("data: [DONE]\n\n".getBytes(UTF_8));
    return events;
  }

  /** Returns answers in one piece, with about so many bytes of text. */
  List<byte[]> answers(int count, int bytes) {
    List<byte[]> answers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder json = new StringBuilder("{\"id\":\"chatcmpl-")
          .append(random.nextInt(1 << 20))
          .append(
              "\",\"object\":\"chat.completion\",\"created\":1790000000,\"model\":\"gpt-4o-2024-08-06\",")
          .append("\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"");
      text(json, bytes);
      json.append("\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{")
          .append("\"prompt_tokens\":250,\"completion_tokens\":400,\"total_tokens\":650}}");
      answers.add(json.toString().getBytes(UTF_8));
    }
    return answers;
  }
}

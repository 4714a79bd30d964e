package dev.purser.clients.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How an API words requests and answers. */
interface Speech {

  /** The model and the cap of a request, and whether it wants a stream. */
  Asked read(String path, JsonNode body);

  /** A whole answer, as JSON. */
  String whole(String model, String text, int outputTokens);

  /** A stream's frames: the first text is whole in one of them, which is the last before a pause. */
  Frames frames(String model, List<String> texts, int outputTokens);

  /** What a request asks for. */
  record Asked(String model, int cap, boolean stream) {}

  /**
   * The frames of a stream.
   *
   * @param first those up to the first text
   * @param rest all others
   */
  record Frames(String first, String rest) {}
}

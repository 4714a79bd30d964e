package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Bedrock runs a model: {@code /model/{id}/converse}, on any host, since companies reach it through
 * endpoints and proxies of their own. The id is that of a model, of an inference profile, or an ARN,
 * whose slashes may be encoded or not.
 *
 * @param model the id, decoded
 * @param action what the model is to do
 */
record BedrockPath(String model, String action) {

  private static final Pattern PATH =
      Pattern.compile("(?:/.*?)?/model/(.+)/(converse|invoke)(-stream|-with-response-stream)?/?");

  /** Returns the place that a path names, or null if it is none of these. */
  static @Nullable BedrockPath read(String path) {
    if (!path.contains("/model/")) {
      return null; // most paths
    }
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    String stream = matcher.group(3) == null ? "" : matcher.group(3);
    return new BedrockPath(ApiPath.decoded(matcher.group(1)), matcher.group(2) + stream);
  }

  ModelId modelId() {
    return ModelId.of("aws", model);
  }

  boolean stream() {
    return action.contains("stream");
  }
}

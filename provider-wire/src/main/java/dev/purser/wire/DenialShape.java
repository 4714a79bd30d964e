package dev.purser.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Denial;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How providers say that a key is no good (HTTP 401) or may not do what it asks for (HTTP 403), so that
 * their SDKs make the exceptions of it that applications know. {@code purser} is ours, for {@link
 * Denial#parse}.
 */
enum DenialShape {

  /**
   * An object {@code error} with {@code message}, {@code type}, {@code param} and {@code code}.
   *
   * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI's error codes</a>
   */
  OPENAI {
    @Override
    String body(Denial denial) {
      boolean who = denial.reason().unauthenticated();
      return answer(
          JsonNodeFactory.instance.objectNode(),
          denial,
          error -> error
              .put("type", "invalid_request_error")
              .putNull("param")
              .put(
                  "code",
                  who ? "invalid_api_key" : denial.reason().name().toLowerCase(Locale.ROOT)));
    }
  },

  /**
   * As OpenAI's, but with a {@code type} outside too, and inside no {@code code}.
   *
   * @see <a href="https://docs.anthropic.com/en/api/errors">Anthropic's errors</a>
   */
  ANTHROPIC {
    @Override
    String body(Denial denial) {
      boolean who = denial.reason().unauthenticated();
      ObjectNode answer = JsonNodeFactory.instance.objectNode().put("type", "error");
      return answer(
          answer,
          denial,
          error -> error.put("type", who ? "authentication_error" : "permission_error"));
    }
  },

  /**
   * An object {@code error} with the HTTP status as {@code code} and the name of gRPC's.
   *
   * @see <a href="https://cloud.google.com/apis/design/errors">Google's errors</a>
   */
  GOOGLE {
    @Override
    String body(Denial denial) {
      boolean who = denial.reason().unauthenticated();
      return answer(
          JsonNodeFactory.instance.objectNode(),
          denial,
          error -> error
              .put("code", who ? 401 : 403)
              .put("status", who ? "UNAUTHENTICATED" : "PERMISSION_DENIED"));
    }
  },

  /** A {@code message} alone, as AWS and Cohere answer. */
  MESSAGE {
    @Override
    String body(Denial denial) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("message", denial.message())
          .put("purser", denial.token())
          .toString();
    }
  };

  /** Returns the shape of a provider; OpenAI's for whoever speaks as OpenAI does, and for nobody. */
  static DenialShape of(@Nullable String provider) {
    if (provider == null) {
      return OPENAI;
    }
    return switch (provider) {
      case "anthropic" -> ANTHROPIC;
      case "google" -> GOOGLE;
      case "aws", "cohere" -> MESSAGE;
      default -> OPENAI;
    };
  }

  /** Returns the JSON body of an answer that denies a call. */
  abstract String body(Denial denial);

  private static String answer(ObjectNode answer, Denial denial, Consumer<ObjectNode> rest) {
    ObjectNode error = answer.putObject("error").put("message", denial.message());
    rest.accept(error);
    error.put("purser", denial.token());
    return answer.toString();
  }
}

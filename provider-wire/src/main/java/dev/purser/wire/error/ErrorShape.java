package dev.purser.wire.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How providers say that a key is no good (HTTP 401), that it may not do what it asks for (403), that no
 * money is left (402) or that it should ask again later (429), so that their SDKs make the exceptions of
 * it that applications know. {@code purser} is ours, for {@link Denial#parse} and {@link Refusal#parse}.
 */
public enum ErrorShape {

  /**
   * An object {@code error} with {@code message}, {@code type}, {@code param} and {@code code}.
   *
   * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI's error codes</a>
   */
  OPENAI {
    @Override
    public String body(Denial denial) {
      boolean who = denial.reason().unauthenticated();
      return answer(
          JsonNodeFactory.instance.objectNode(),
          denial.message(),
          denial.token(),
          error -> error
              .put("type", "invalid_request_error")
              .putNull("param")
              .put(
                  "code",
                  who ? "invalid_api_key" : denial.reason().name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public String body(Refusal refusal) {
      return answer(
          JsonNodeFactory.instance.objectNode(),
          refusal.message(),
          refusal.token(),
          error -> error
              .put("type", by(refusal, "insufficient_quota", "rate_limit_error", "server_error"))
              .putNull("param")
              .put("code", by(refusal, "budget_exhausted", "budget_held", "budget_unavailable")));
    }
  },

  /**
   * As OpenAI's, but with a {@code type} outside too, and inside no {@code code}.
   *
   * @see <a href="https://docs.anthropic.com/en/api/errors">Anthropic's errors</a>
   */
  ANTHROPIC {
    @Override
    public String body(Denial denial) {
      boolean who = denial.reason().unauthenticated();
      ObjectNode answer = JsonNodeFactory.instance.objectNode().put("type", "error");
      return answer(
          answer,
          denial.message(),
          denial.token(),
          error -> error.put("type", who ? "authentication_error" : "permission_error"));
    }

    @Override
    public String body(Refusal refusal) {
      return answer(
          JsonNodeFactory.instance.objectNode().put("type", "error"),
          refusal.message(),
          refusal.token(),
          error ->
              error.put("type", by(refusal, "billing_error", "rate_limit_error", "api_error")));
    }
  },

  /**
   * An object {@code error} with the HTTP status as {@code code} and the name of gRPC's. Google's SDK keeps
   * nothing but the message, so the facts stand there, too.
   *
   * @see <a href="https://cloud.google.com/apis/design/errors">Google's errors</a>
   */
  GOOGLE {
    @Override
    public String body(Denial denial) {
      boolean who = denial.reason().unauthenticated();
      return answer(
          JsonNodeFactory.instance.objectNode(),
          quoted(denial.message(), denial.token()),
          denial.token(),
          error -> error
              .put("code", who ? 401 : 403)
              .put("status", who ? "UNAUTHENTICATED" : "PERMISSION_DENIED"));
    }

    @Override
    public String body(Refusal refusal) {
      return answer(
          JsonNodeFactory.instance.objectNode(),
          quoted(refusal.message(), refusal.token()),
          refusal.token(),
          error -> error
              .put("code", by(refusal, 402, 429, 503))
              .put(
                  "status",
                  by(refusal, "RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED", "UNAVAILABLE")));
    }
  },

  /**
   * A text as {@code error}, as Ollama answers.
   *
   * @see <a href="https://docs.ollama.com/api/errors">Ollama's errors</a>
   */
  TEXT {
    @Override
    public String body(Denial denial) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("error", denial.message())
          .put("purser", denial.token())
          .toString();
    }

    @Override
    public String body(Refusal refusal) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("error", refusal.message())
          .put("purser", refusal.token())
          .toString();
    }
  },

  /** A {@code message} alone, as AWS and Cohere answer. */
  MESSAGE {
    @Override
    public String body(Denial denial) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("message", denial.message())
          .put("purser", denial.token())
          .toString();
    }

    @Override
    public String body(Refusal refusal) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("message", refusal.message())
          .put("purser", refusal.token())
          .toString();
    }
  };

  /** Returns the shape of a provider; OpenAI's for whoever speaks as OpenAI does, and for nobody. */
  public static ErrorShape of(@Nullable String provider) {
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
  public abstract String body(Denial denial);

  /** Returns the JSON body of an answer that refuses a call. */
  public abstract String body(Refusal refusal);

  private static <T> T by(Refusal refusal, T exhausted, T held, T unavailable) {
    return switch (refusal.reason()) {
      case EXHAUSTED -> exhausted;
      case HELD -> held;
      case UNAVAILABLE -> unavailable;
    };
  }

  /** As {@link dev.purser.api.Refusal#parse} finds them in a sentence. */
  private static String quoted(String message, String token) {
    return message + " [" + token + "]";
  }

  private static String answer(
      ObjectNode answer, String message, String token, Consumer<ObjectNode> rest) {
    ObjectNode error = answer.putObject("error").put("message", message);
    rest.accept(error);
    error.put("purser", token);
    return answer.toString();
  }
}

package dev.purser.core;

import java.util.Objects;

/**
 * Answers requests for the {@linkplain Purser#status status} of a guard, for an application to mount in a
 * server of its own: nothing listens by itself. What it tells names budgets, keys, sessions and people, so
 * mount it where only those may look who may know. Safe for use by several threads.
 *
 * <pre>{@code
 * StatusHandler status = new StatusHandler(purser);
 * server.createContext("/purser", exchange -> {
 *   StatusHandler.Response response = status.handle(exchange.getRequestMethod());
 *   ...
 * });
 * }</pre>
 */
public final class StatusHandler {

  private static final int OK = 200;
  private static final int NOT_ALLOWED = 405;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  private final Purser purser;

  /** Tells of this guard. */
  public StatusHandler(Purser purser) {
    this.purser = Objects.requireNonNull(purser, "purser");
  }

  /**
   * What to answer.
   *
   * @param status of HTTP
   * @param contentType of the body
   * @param body the body
   */
  public record Response(int status, String contentType, String body) {}

  /** Answers a request: {@code GET} and {@code HEAD} are allowed. */
  public Response handle(String method) {
    return switch (method) {
      case "GET" -> new Response(OK, JSON, purser.status());
      case "HEAD" -> new Response(OK, JSON, "");
      default -> new Response(NOT_ALLOWED, TEXT, "GET and HEAD are allowed");
    };
  }
}

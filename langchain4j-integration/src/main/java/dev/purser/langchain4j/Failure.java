package dev.purser.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallRefusedException;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception says of a call.
 *
 * @param unbilled whether the provider bills nothing for it: it was not reached, or answered with an
 *     error
 * @param terminal whether nothing of the answer can come after it
 * @param outage whether another model may answer where this one did not: it was overloaded, out of
 *     order, or not reached
 * @param status the HTTP status of the answer, 0 if there was none
 * @param type a class of errors, never a message
 * @param refusal what an adapter below refused the call with, or null
 */
record Failure(
    boolean unbilled,
    boolean terminal,
    boolean outage,
    int status,
    String type,
    @Nullable CallRefusedException refusal) {

  /** Deeper chains are taken for circles. */
  private static final int DEEPEST = 16;

  private static final List<Class<? extends Throwable>> NEVER_SENT = List.of(
      ConnectException.class,
      NoRouteToHostException.class,
      UnknownHostException.class,
      UnresolvedAddressException.class,
      HttpConnectTimeoutException.class,
      SSLHandshakeException.class,
      CallRefusedException.class,
      UnresolvedModelServerException.class,
      UnsupportedFeatureException.class);

  private static final List<Class<? extends Throwable>> ANSWERED_WITH_AN_ERROR = List.of(
      HttpException.class,
      AuthenticationException.class,
      InvalidRequestException.class,
      ModelNotFoundException.class,
      RateLimitException.class);

  private static final List<Class<? extends Throwable>> OUTAGES = List.of(
      InternalServerException.class,
      RateLimitException.class,
      TimeoutException.class,
      UnresolvedAddressException.class,
      UnresolvedModelServerException.class);

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int FIRST_FAULT = 500;

  static Failure of(Throwable error) {
    List<Throwable> chain = chain(error);
    boolean unbilled = false;
    boolean terminal = false;
    int status = 0;
    CallRefusedException refusal = null;
    for (Throwable each : chain) {
      unbilled |= isOne(NEVER_SENT, each)
          || (isOne(ANSWERED_WITH_AN_ERROR, each) && !(each instanceof ContentFilteredException));
      terminal |=
          each instanceof TimeoutException || (each instanceof IOException && !isUnreadable(each));
      if (each instanceof HttpException http) {
        status = http.statusCode();
        refusal = refusal == null ? told(http.getMessage()) : refusal;
      } else if (each instanceof CallRefusedException refused) {
        refusal = refused;
      }
    }
    boolean outage = refusal == null
        && chain.stream().noneMatch(Failure::isInterrupt)
        && (status == 0 ? chain.stream().anyMatch(Failure::isOutage) : isOutage(status));
    String type = status == 0 ? chain.get(chain.size() - 1).getClass().getName() : "http_" + status;
    return new Failure(unbilled, unbilled || terminal, outage, status, type, refusal);
  }

  private static boolean isOutage(int status) {
    return status == REQUEST_TIMEOUT || status == TOO_MANY || status >= FIRST_FAULT;
  }

  private static boolean isOutage(Throwable error) {
    return isOne(OUTAGES, error)
        || (error instanceof IOException && !isUnreadable(error))
        || (Vendors.ANTHROPIC_STREAM_ERRORS && AnthropicFacts.isOutage(error));
  }

  /** Somebody wants the thread back. */
  private static boolean isInterrupt(Throwable error) {
    return error instanceof InterruptedException
        || error instanceof ClosedByInterruptException
        || error.getClass() == InterruptedIOException.class;
  }

  private static boolean isUnreadable(Throwable error) {
    return error.getClass().getName().startsWith("com.fasterxml.");
  }

  private static List<Throwable> chain(Throwable error) {
    List<Throwable> chain = new ArrayList<>();
    Throwable each = error;
    while (each != null && chain.size() < DEEPEST) {
      chain.add(each);
      each = each.getCause();
    }
    return chain;
  }

  private static boolean isOne(List<Class<? extends Throwable>> kinds, Throwable error) {
    return kinds.stream().anyMatch(kind -> kind.isInstance(error));
  }

  /** Reads the answer that an interceptor below gave in the provider's place. */
  private static @Nullable CallRefusedException told(@Nullable String body) {
    if (body == null) {
      return null;
    }
    Optional<Refusal> refusal = Refusal.parse(body);
    if (refusal.isPresent()) {
      return new BudgetExceededException(refusal.get());
    }
    return Denial.parse(body).map(CallDeniedException::new).orElse(null);
  }

  /**
   * Returns what the work returns.
   *
   * @throws CallRefusedException if an adapter below refused the call, however that came through
   */
  static <T> T retold(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (of(e).told(e) instanceof CallRefusedException refused) {
        throw refused;
      }
      throw e;
    }
  }

  /** Returns what to tell the caller: the refusal of an adapter below as what it is. */
  Throwable told(Throwable error) {
    if (refusal == null || refusal == error) {
      return error;
    }
    if (refusal.getCause() == null && !chain(error).contains(refusal)) {
      refusal.addSuppressed(error);
    }
    return refusal;
  }
}

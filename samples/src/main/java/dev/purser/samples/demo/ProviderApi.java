package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One API that the mock provider speaks. */
interface ProviderApi {

  /** Returns the path that it answers at. */
  String path();

  /** Returns the price of its one model. */
  ListPrice price();

  /** Returns the credential that a request carries; null if it carries none. */
  @Nullable String credential(Headers headers);

  /**
   * Reads a request.
   *
   * @throws ProviderError if this provider does not serve it
   */
  Asked read(JsonNode body) throws ProviderError;

  /** Returns the body of an answer that serves nothing. */
  String error(ProviderError error);

  /** What was asked for. */
  interface Asked {

    /** Returns what the model reads, the API's framing included. */
    int promptTokens();

    /** Returns the most tokens that the model may write. */
    int outputCap();

    /** Whether the answer is streamed. */
    boolean stream();

    /**
     * Returns the answer.
     *
     * @param number which answer of the provider it is
     * @param text what was written
     * @param tokens how many tokens the text has
     * @param cut whether the output cap cut it
     */
    Said answer(long number, String text, int tokens, boolean cut);
  }

  /** What was written. */
  interface Said {

    /** Returns the body of a plain answer. */
    String toJson();

    /** Returns the events of a streamed one, as they stand on the wire. */
    List<String> toFrames();
  }
}

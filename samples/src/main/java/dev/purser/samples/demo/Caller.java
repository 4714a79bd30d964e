package dev.purser.samples.demo;

import com.anthropic.errors.AnthropicServiceException;
import com.openai.errors.OpenAIServiceException;

/** Makes the same call again and again. Safe for use by several threads. */
interface Caller extends AutoCloseable {

  /**
   * Makes one call and reads its answer to the end.
   *
   * @return the answer's text
   * @throws OpenAIServiceException if the call was refused, by Purser or by the provider
   * @throws AnthropicServiceException the same, through the other SDK
   */
  String call() throws InterruptedException;

  @Override
  void close();
}

package dev.purser.samples.demo;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.Interceptor;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls through the asynchronous client of the official Anthropic SDK, and waits for the answer. */
final class AnthropicAsyncCaller implements Caller {

  private final AnthropicClientAsync client;
  private final boolean stream;
  private final MessageCreateParams request = MessagesConversation.request();

  AnthropicAsyncCaller(String baseUrl, Interceptor budget, boolean stream) {
    this.client = AnthropicOkHttpClientAsync.builder()
        .baseUrl(baseUrl)
        .apiKey("sk-ant-demo")
        .addInterceptor(budget)
        .maxRetries(0) // the loop itself tries again
        .build();
    this.stream = stream;
  }

  @Override
  public String call() throws InterruptedException {
    return Awaited.of(
        stream
            ? streamed()
            : client.messages().create(request).thenApply(MessagesConversation::text));
  }

  private CompletableFuture<String> streamed() {
    Collected collected = new Collected();
    client.messages().createStreaming(request).subscribe(collected);
    return collected.answer;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Puts a streamed answer together. Called by one thread at a time. */
  private static final class Collected
      implements AsyncStreamResponse.Handler<RawMessageStreamEvent> {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void onNext(RawMessageStreamEvent event) {
      text.append(MessagesConversation.text(event));
    }

    @Override
    public void onComplete(Optional<Throwable> failure) {
      failure.ifPresentOrElse(
          answer::completeExceptionally, () -> answer.complete(text.toString()));
    }
  }
}

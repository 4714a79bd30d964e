package dev.purser.samples.demo;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Interceptor;

/** Calls through the official SDK's asynchronous client, and waits for the answer. */
final class AsyncCaller implements Caller {

  private final OpenAIClientAsync client;
  private final boolean stream;
  private final ChatCompletionCreateParams request = Conversation.request();

  AsyncCaller(String baseUrl, Interceptor budget, boolean stream) {
    this.client = OpenAIOkHttpClientAsync.builder()
        .baseUrl(baseUrl)
        .apiKey("sk-demo")
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
            : client.chat().completions().create(request).thenApply(Conversation::text));
  }

  private CompletableFuture<String> streamed() {
    Collected collected = new Collected();
    client.chat().completions().createStreaming(request).subscribe(collected);
    return collected.answer;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Puts a streamed answer together. Called by one thread at a time. */
  private static final class Collected implements AsyncStreamResponse.Handler<ChatCompletionChunk> {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void onNext(ChatCompletionChunk chunk) {
      text.append(Conversation.text(chunk));
    }

    @Override
    public void onComplete(Optional<Throwable> failure) {
      failure.ifPresentOrElse(
          answer::completeExceptionally, () -> answer.complete(text.toString()));
    }
  }
}

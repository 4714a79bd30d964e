package dev.purser.clients.sdk;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PushedAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.AttributionHeaders;
import dev.purser.okhttp.BudgetInterceptor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Its calls start on other threads, so that headers carry what they count for. */
class OpenAiAsyncTest extends OpenAiContract {

  @Override
  protected Kind kind() {
    return kind("asynchronous");
  }

  /** The SDK's {@code close()} waits for its reader's lock, so for the next line. */
  @Override
  protected boolean closesInSilence() {
    return false;
  }

  private static ChatCompletionCreateParams carrying(Prompt prompt) {
    ChatCompletionCreateParams.Builder params = params(prompt);
    AttributionHeaders.ofThisThread().forEach(params::putAdditionalHeader);
    return params.build();
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder()
        .baseUrl(at.url("/v1"))
        .apiKey("sk-loopback")
        .addInterceptor(new BudgetInterceptor(purser))
        .build();
    return new Client() {
      @Override
      public String ask(Prompt prompt) throws Exception {
        return text(client.chat().completions().create(carrying(prompt)).get(1, TimeUnit.MINUTES));
      }

      @Override
      public Answer stream(Prompt prompt) {
        AsyncStreamResponse<ChatCompletionChunk> stream =
            client.chat().completions().createStreaming(carrying(prompt));
        PushedAnswer answer = new PushedAnswer().onClose(stream::close);
        stream.subscribe(new AsyncStreamResponse.Handler<>() {
          @Override
          public void onNext(ChatCompletionChunk chunk) {
            answer.push(text(chunk));
          }

          @Override
          public void onComplete(Optional<Throwable> error) {
            error.ifPresentOrElse(answer::fail, answer::end);
          }
        });
        return answer;
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }
}

package dev.purser.clients.sdk;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.purser.anthropic.AnthropicBudgetInterceptor;
import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PushedAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.AttributionHeaders;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Its calls start on other threads, so that headers carry what they count for. */
class AnthropicAsyncTest extends AnthropicContract {

  @Override
  protected Kind kind() {
    return kind("asynchronous");
  }

  private static MessageCreateParams carrying(Prompt prompt) {
    MessageCreateParams.Builder params = params(prompt);
    AttributionHeaders.ofThisThread().forEach(params::putAdditionalHeader);
    return params.build();
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    AnthropicClientAsync client = AnthropicOkHttpClientAsync.builder()
        .baseUrl(at.url(""))
        .apiKey("sk-ant-loopback")
        .addInterceptor(new AnthropicBudgetInterceptor(purser))
        .build();
    return new Client() {
      @Override
      public String ask(Prompt prompt) throws Exception {
        return text(client.messages().create(carrying(prompt)).get(1, TimeUnit.MINUTES));
      }

      @Override
      public Answer stream(Prompt prompt) {
        AsyncStreamResponse<RawMessageStreamEvent> stream =
            client.messages().createStreaming(carrying(prompt));
        PushedAnswer answer = new PushedAnswer().onClose(stream::close);
        stream.subscribe(new AsyncStreamResponse.Handler<>() {
          @Override
          public void onNext(RawMessageStreamEvent event) {
            answer.push(text(event));
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

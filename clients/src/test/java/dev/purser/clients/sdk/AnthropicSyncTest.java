package dev.purser.clients.sdk;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.purser.anthropic.AnthropicBudgetInterceptor;
import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PulledAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;

class AnthropicSyncTest extends AnthropicContract {

  @Override
  protected Kind kind() {
    return kind("synchronous");
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    AnthropicClient client = AnthropicOkHttpClient.builder()
        .baseUrl(at.url(""))
        .apiKey("sk-ant-loopback")
        .addInterceptor(new AnthropicBudgetInterceptor(purser))
        .build();
    return new Client() {
      @Override
      public String ask(Prompt prompt) {
        return text(client.messages().create(params(prompt).build()));
      }

      @Override
      @SuppressWarnings("MustBeClosedChecker") // the answer closes it
      public Answer stream(Prompt prompt) {
        StreamResponse<RawMessageStreamEvent> stream =
            client.messages().createStreaming(params(prompt).build());
        return new PulledAnswer<>(
            stream.stream().iterator(), AnthropicContract::text, stream::close);
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }
}

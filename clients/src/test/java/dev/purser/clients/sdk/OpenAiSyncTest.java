package dev.purser.clients.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PulledAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;

class OpenAiSyncTest extends OpenAiContract {

  @Override
  protected Kind kind() {
    return kind("synchronous");
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    OpenAIClient client = OpenAIOkHttpClient.builder()
        .baseUrl(at.url("/v1"))
        .apiKey("sk-loopback")
        .addInterceptor(new BudgetInterceptor(purser))
        .build();
    return new Client() {
      @Override
      public String ask(Prompt prompt) {
        return text(client.chat().completions().create(params(prompt).build()));
      }

      @Override
      @SuppressWarnings("MustBeClosedChecker") // the answer closes it
      public Answer stream(Prompt prompt) {
        StreamResponse<ChatCompletionChunk> stream =
            client.chat().completions().createStreaming(params(prompt).build());
        return new PulledAnswer<>(stream.stream().iterator(), OpenAiContract::text, stream::close);
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }
}

package dev.purser.samples.demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.stream.Collectors;
import okhttp3.Interceptor;

/** Calls through the official SDK's blocking client. */
final class BlockingCaller implements Caller {

  private final OpenAIClient client;
  private final boolean stream;
  private final ChatCompletionCreateParams request = Conversation.request();

  BlockingCaller(String baseUrl, Interceptor budget, boolean stream) {
    this.client = OpenAIOkHttpClient.builder()
        .baseUrl(baseUrl)
        .apiKey("sk-demo")
        .addInterceptor(budget)
        .maxRetries(0) // the loop itself tries again
        .build();
    this.stream = stream;
  }

  @Override
  public String call() {
    if (!stream) {
      return Conversation.text(client.chat().completions().create(request));
    }
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(request)) {
      return chunks.stream().map(Conversation::text).collect(Collectors.joining());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

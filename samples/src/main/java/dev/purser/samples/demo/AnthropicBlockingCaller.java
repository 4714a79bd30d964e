package dev.purser.samples.demo;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.Interceptor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.stream.Collectors;

/** Calls through the blocking client of the official Anthropic SDK. */
final class AnthropicBlockingCaller implements Caller {

  private final AnthropicClient client;
  private final boolean stream;
  private final MessageCreateParams request = MessagesConversation.request();

  AnthropicBlockingCaller(String baseUrl, Interceptor budget, boolean stream) {
    this.client = AnthropicOkHttpClient.builder()
        .baseUrl(baseUrl)
        .apiKey("sk-ant-demo")
        .addInterceptor(budget)
        .maxRetries(0) // the loop itself tries again
        .build();
    this.stream = stream;
  }

  @Override
  public String call() {
    if (!stream) {
      return MessagesConversation.text(client.messages().create(request));
    }
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(request)) {
      return events.stream().map(MessagesConversation::text).collect(Collectors.joining());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

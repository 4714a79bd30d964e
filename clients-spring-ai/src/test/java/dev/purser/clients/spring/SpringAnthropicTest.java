package dev.purser.clients.spring;

import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.AttributionHeaders;
import dev.purser.okhttp.BudgetInterceptor;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

class SpringAnthropicTest extends SpringContract {

  @Override
  protected Kind kind() {
    return kind(Api.ANTHROPIC);
  }

  /** A host that nobody knows may be anybody's. */
  @Override
  protected String candidate() {
    return "other/" + Api.ANTHROPIC.cheaper();
  }

  /** The SDK's {@code close()} waits for its reader's lock, so for the next line. */
  @Override
  protected boolean closesInSilence() {
    return false;
  }

  private static AnthropicChatOptions.Builder options(Provider at) {
    AnthropicChatOptions.Builder options = AnthropicChatOptions.builder();
    options.baseUrl(at.url("")).apiKey("sk-ant-loopback");
    return options;
  }

  private static Prompt request(dev.purser.clients.Prompt prompt, Provider at) {
    AnthropicChatOptions.Builder options = options(at);
    options
        .model(prompt.model())
        .maxTokens(prompt.maxTokens())
        .httpHeaders(AttributionHeaders.ofThisThread());
    return new Prompt(prompt.text(), options.build());
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    AnthropicChatModel model = AnthropicChatModel.builder()
        .options(options(at).build())
        .httpClientBuilderCustomizer(http -> http.interceptor(new BudgetInterceptor(purser)))
        .build();
    return new Model(model, prompt -> request(prompt, at));
  }
}

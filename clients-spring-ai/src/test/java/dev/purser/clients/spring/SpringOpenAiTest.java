package dev.purser.clients.spring;

import com.openai.errors.OpenAIServiceException;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.AttributionHeaders;
import dev.purser.okhttp.BudgetInterceptor;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

class SpringOpenAiTest extends SpringContract {

  @Override
  protected Kind kind() {
    return kind(Api.OPENAI);
  }

  /** The SDK's message quotes the sentence only; the facts are in the body. */
  @Override
  protected String text(Throwable thrown) {
    return thrown instanceof OpenAIServiceException answered
        ? answered.body().toString()
        : super.text(thrown);
  }

  private static OpenAiChatOptions.Builder options(Provider at) {
    OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
    options.baseUrl(at.url("/v1")).apiKey("sk-loopback").streamUsage(true);
    return options;
  }

  private static Prompt request(dev.purser.clients.Prompt prompt, Provider at) {
    OpenAiChatOptions.Builder options = options(at);
    options
        .model(prompt.model())
        .maxCompletionTokens(prompt.maxTokens())
        .customHeaders(AttributionHeaders.ofThisThread());
    return new Prompt(prompt.text(), options.build());
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    OpenAiChatModel model = OpenAiChatModel.builder()
        .options(options(at).build())
        .httpClientBuilderCustomizer(http -> http.interceptor(new BudgetInterceptor(purser)))
        .build();
    return new Model(model, prompt -> request(prompt, at));
  }
}

package dev.purser.clients.sdk;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.jdkhttp.BudgetedHttpClient;
import java.net.http.HttpClient;

/** The models know of nothing; the HTTP client below them does. */
class LangChainOverJdkTest extends LangChainContract {

  @Override
  protected Kind kind() {
    return new Kind(
        "LangChain4j " + System.getProperty("version.langchain4j"),
        "over its default HTTP client",
        "`httpClientBuilder(BudgetedHttpClient.with(purser).wrap(builder))`",
        Api.OPENAI);
  }

  private static HttpClientBuilder http(Purser purser) {
    return new JdkHttpClientBuilder()
        .httpClientBuilder(BudgetedHttpClient.with(purser).wrap(HttpClient.newBuilder()));
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    return new Models(
        OpenAiChatModel.builder()
            .httpClientBuilder(http(purser))
            .baseUrl(at.url("/v1"))
            .apiKey("sk-loopback")
            .modelName(Api.OPENAI.model())
            .maxCompletionTokens(100)
            .build(),
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http(purser))
            .baseUrl(at.url("/v1"))
            .apiKey("sk-loopback")
            .modelName(Api.OPENAI.model())
            .maxCompletionTokens(100)
            .build());
  }
}

package dev.purser.clients.sdk;

import com.google.genai.types.ClientOptions;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ThinkingConfig;
import dev.purser.clients.ClientContract;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.Scenario;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import java.util.Map;
import okhttp3.OkHttpClient;

/** What both faces of Google's SDK have in common: it takes an OkHttp client. */
abstract class GoogleContract extends ClientContract {

  static Kind kind(String mode) {
    return new Kind(
        "google-genai " + System.getProperty("version.google"),
        mode,
        "`ClientOptions.builder().customHttpClient(http)`",
        Api.GEMINI,
        Map.of(Scenario.ROUTED, "the model stands in the path, which is not rewritten"));
  }

  static com.google.genai.Client sdk(Purser purser, Provider at) {
    OkHttpClient http =
        new OkHttpClient.Builder().addInterceptor(new BudgetInterceptor(purser)).build();
    return com.google.genai.Client.builder()
        .apiKey("AIza-loopback")
        .vertexAI(false)
        .httpOptions(HttpOptions.builder().baseUrl(at.url("")).build())
        .clientOptions(ClientOptions.builder().customHttpClient(http).build())
        .build();
  }

  static GenerateContentConfig config(Prompt prompt, Map<String, String> headers) {
    return GenerateContentConfig.builder()
        .maxOutputTokens(prompt.maxTokens())
        .thinkingConfig(ThinkingConfig.builder().thinkingBudget(0).build())
        .httpOptions(HttpOptions.builder().headers(headers).build())
        .build();
  }
}

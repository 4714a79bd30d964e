package dev.purser.clients.sdk;

import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PulledAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.AttributionHeaders;
import java.util.concurrent.TimeUnit;

/** Its calls start on other threads, so that headers carry what they count for. */
class GoogleAsyncTest extends GoogleContract {

  @Override
  protected Kind kind() {
    return kind("asynchronous");
  }

  private static GenerateContentConfig carrying(Prompt prompt) {
    return config(prompt, AttributionHeaders.ofThisThread());
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    com.google.genai.Client sdk = sdk(purser, at);
    return new Client() {
      @Override
      public String ask(Prompt prompt) throws Exception {
        return sdk.async
            .models
            .generateContent(prompt.model(), prompt.text(), carrying(prompt))
            .get(1, TimeUnit.MINUTES)
            .text();
      }

      @Override
      public Answer stream(Prompt prompt) throws Exception {
        ResponseStream<GenerateContentResponse> stream = sdk.async
            .models
            .generateContentStream(prompt.model(), prompt.text(), carrying(prompt))
            .get(1, TimeUnit.MINUTES);
        return new PulledAnswer<>(stream.iterator(), GenerateContentResponse::text, stream::close);
      }

      @Override
      public void close() {
        sdk.close();
      }
    };
  }
}

package dev.purser.clients.sdk;

import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PulledAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import java.util.Map;

class GoogleSyncTest extends GoogleContract {

  @Override
  protected Kind kind() {
    return kind("synchronous");
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    com.google.genai.Client sdk = sdk(purser, at);
    return new Client() {
      @Override
      public String ask(Prompt prompt) {
        return sdk.models
            .generateContent(prompt.model(), prompt.text(), config(prompt, Map.of()))
            .text();
      }

      @Override
      public Answer stream(Prompt prompt) {
        ResponseStream<GenerateContentResponse> stream = sdk.models.generateContentStream(
            prompt.model(), prompt.text(), config(prompt, Map.of()));
        return new PulledAnswer<>(stream.iterator(), GenerateContentResponse::text, stream::close);
      }

      @Override
      public void close() {
        sdk.close();
      }
    };
  }
}

package dev.purser.clients.sdk;

import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PulledAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class JdkSyncTest extends JdkContract {

  @Override
  protected Kind kind() {
    return kind("send");
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    HttpClient http = http(purser);
    return new Client() {
      @Override
      public String ask(Prompt prompt) throws Exception {
        HttpResponse<String> response =
            http.send(request(at, prompt, false), BodyHandlers.ofString());
        return RawChat.text(response.statusCode(), response.body());
      }

      @Override
      public Answer stream(Prompt prompt) throws Exception {
        HttpResponse<Stream<String>> response =
            http.send(request(at, prompt, true), BodyHandlers.ofLines());
        Stream<String> lines = response.body();
        if (response.statusCode() != 200) {
          RawChat.text(response.statusCode(), lines.collect(Collectors.joining()));
        }
        return new PulledAnswer<>(lines.iterator(), RawChat::ofLine, lines::close);
      }
    };
  }
}

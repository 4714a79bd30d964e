package dev.purser.clients.sdk;

import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads a stream line by line, and closes it early. */
class OkHttpExecuteTest extends OkHttpContract {

  @Override
  protected Kind kind() {
    return kind("execute");
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    OkHttpClient http = http(purser);
    return new Client() {
      @Override
      public String ask(Prompt prompt) throws IOException {
        return text(http.newCall(request(at, prompt, false).build()).execute());
      }

      @Override
      public Answer stream(Prompt prompt) throws IOException {
        Response response = http.newCall(request(at, prompt, true).build()).execute();
        if (!response.isSuccessful()) {
          text(response);
        }
        return new Lines(response);
      }

      @Override
      public void close() {
        OkHttpContract.close(http);
      }
    };
  }

  private record Lines(Response response) implements Answer {

    @Override
    public @Nullable String next() throws IOException {
      String line = response.body().source().readUtf8Line();
      while (line != null && RawChat.ofLine(line).isEmpty()) {
        line = response.body().source().readUtf8Line();
      }
      return line == null ? null : RawChat.ofLine(line);
    }

    @Override
    public void close() {
      response.close();
    }
  }
}

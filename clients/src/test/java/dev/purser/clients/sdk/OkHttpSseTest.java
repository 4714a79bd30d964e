package dev.purser.clients.sdk;

import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PushedAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.okhttp.AttributionHeaders;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

/** Its calls run on other threads, so that headers carry what they count for. */
class OkHttpSseTest extends OkHttpContract {

  @Override
  protected Kind kind() {
    return kind("enqueue, okhttp-sse");
  }

  private static Request carrying(Provider at, Prompt prompt, boolean stream) {
    Request.Builder request = request(at, prompt, stream);
    AttributionHeaders.ofThisThread().forEach(request::header);
    return request.build();
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    OkHttpClient http = http(purser);
    return new Client() {
      @Override
      public String ask(Prompt prompt) throws Exception {
        CompletableFuture<String> text = new CompletableFuture<>();
        http.newCall(carrying(at, prompt, false)).enqueue(new Completing(text));
        return text.get(1, TimeUnit.MINUTES);
      }

      @Override
      public Answer stream(Prompt prompt) {
        PushedAnswer answer = new PushedAnswer();
        EventSource source = EventSources.createFactory(http)
            .newEventSource(carrying(at, prompt, true), new Pushing(answer));
        return answer.onClose(source::cancel);
      }

      @Override
      public void close() {
        OkHttpContract.close(http);
      }
    };
  }

  private record Completing(CompletableFuture<String> answer) implements Callback {

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      try {
        answer.complete(text(response));
      } catch (IOException e) {
        answer.completeExceptionally(e);
      }
    }
  }

  private static final class Pushing extends EventSourceListener {

    private final PushedAnswer answer;

    Pushing(PushedAnswer answer) {
      this.answer = answer;
    }

    @Override
    public void onEvent(EventSource source, String id, String type, String data) {
      answer.push(RawChat.ofData(data));
    }

    @Override
    public void onClosed(EventSource source) {
      answer.end();
    }

    /** An answer that is no stream comes here, with its body still to be read. */
    @Override
    public void onFailure(EventSource source, Throwable thrown, Response response) {
      if (thrown != null) {
        answer.fail(thrown);
        return;
      }
      try {
        answer.push(text(response));
        answer.end();
      } catch (IOException e) {
        answer.fail(e);
      }
    }
  }
}

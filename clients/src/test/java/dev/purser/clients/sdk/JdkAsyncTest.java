package dev.purser.clients.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.PushedAnswer;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Takes the lines of a stream as a subscriber. */
class JdkAsyncTest extends JdkContract {

  @Override
  protected Kind kind() {
    return kind("sendAsync");
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    HttpClient http = http(purser);
    return new Client() {
      @Override
      public String ask(Prompt prompt) throws Exception {
        HttpResponse<String> response = http.sendAsync(
                request(at, prompt, false), BodyHandlers.ofString())
            .get(1, TimeUnit.MINUTES);
        return RawChat.text(response.statusCode(), response.body());
      }

      @Override
      public Answer stream(Prompt prompt) {
        PushedAnswer answer = new PushedAnswer();
        var unused = http.sendAsync(
                request(at, prompt, true),
                info -> info.statusCode() == 200
                    ? BodySubscribers.fromLineSubscriber(new Lines(answer), any -> "", UTF_8, null)
                    : BodySubscribers.ofString(UTF_8))
            .whenComplete((response, thrown) -> {
              if (thrown != null) {
                answer.fail(thrown);
              } else if (response.statusCode() != 200) {
                answer.fail(new IOException(response.body()));
              }
            });
        return answer;
      }
    };
  }

  /** Gives the text of each line to an answer. */
  private record Lines(PushedAnswer answer) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      answer.onClose(subscription::cancel);
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      answer.push(RawChat.ofLine(line));
    }

    @Override
    public void onError(Throwable thrown) {
      answer.fail(thrown);
    }

    @Override
    public void onComplete() {
      answer.end();
    }
  }
}

package dev.purser.clients.spring;

import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.ClientContract;
import dev.purser.clients.Kind;
import dev.purser.clients.PushedAnswer;
import dev.purser.clients.provider.Api;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;

/** What the models of Spring AI have in common. */
abstract class SpringContract extends ClientContract {

  static Kind kind(Api api) {
    return new Kind(
        "Spring AI " + System.getProperty("version.spring-ai"),
        "call and stream",
        "`httpClientBuilderCustomizer(http -> http.interceptor(new BudgetInterceptor(purser)))`",
        api);
  }

  /** Asks a model; headers carry what a call counts for, since streams are asked on other threads. */
  record Model(ChatModel model, Function<dev.purser.clients.Prompt, Prompt> request)
      implements Client {

    @Override
    public String ask(dev.purser.clients.Prompt prompt) {
      return text(Objects.requireNonNull(model.call(request.apply(prompt))));
    }

    private static String text(ChatResponse response) {
      return response.getResult() == null
          ? ""
          : Objects.requireNonNullElse(response.getResult().getOutput().getText(), "");
    }

    @Override
    public Answer stream(dev.purser.clients.Prompt prompt) {
      PushedAnswer answer = new PushedAnswer();
      Disposable subscription = model.stream(request.apply(prompt))
          .subscribe(response -> answer.push(text(response)), answer::fail, answer::end);
      return answer.onClose(subscription::dispose);
    }
  }
}

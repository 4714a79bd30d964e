package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.purser.core.Purser;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** The tests run once on each core that is supported; what a newer one adds makes no uncounted call. */
class NewerCoreTest extends Loopback {

  private static final String OLDEST = "1.19.0";

  private final String expected = System.getProperty("langchain4j.core.expected");

  @Test
  void theCoreUnderTestIsTheOneTheBuildNames() throws Exception {
    Properties facts = new Properties();
    try (InputStream in = ChatModel.class.getResourceAsStream(
        "/META-INF/maven/dev.langchain4j/langchain4j-core/pom.properties")) {
      facts.load(in);
    }
    assertThat(facts.getProperty("version")).isEqualTo(expected);
  }

  private static Optional<Method> method(Class<?> model, String name, Class<?>... parameters) {
    return Arrays.stream(model.getMethods())
        .filter(method ->
            method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters))
        .findFirst();
  }

  @Test
  void askingForAFutureMakesNoCall() throws Exception {
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(openAi().build(), purser);
    Optional<Method> added = method(ChatModel.class, "chatAsync", String.class);

    assertThat(added.isEmpty()).isEqualTo(expected.equals(OLDEST));
    if (added.isPresent()) {
      assertThat((CompletableFuture<?>) added.get().invoke(model, "What?")).failsWithin(LONG);
    }
    assertThat(server.getRequestCount()).isZero();
    purser.close();
  }

  @Test
  void askingForAPublisherMakesNoCall() throws Exception {
    Purser purser = purser("1").build();
    StreamingChatModel model = BudgetedStreamingChatModel.wrap(openAiStream().build(), purser);
    Optional<Method> added = method(StreamingChatModel.class, "chat", String.class);

    assertThat(added.isEmpty()).isEqualTo(expected.equals(OLDEST));
    if (added.isPresent()) {
      assertThat(failure(added.get(), model)).isNotNull();
    }
    assertThat(server.getRequestCount()).isZero();
    purser.close();
  }

  private static Throwable failure(Method chat, StreamingChatModel model) throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    try {
      ((Flow.Publisher<?>) chat.invoke(model, "What?")).subscribe(new Flow.Subscriber<Object>() {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
          subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object item) {}

        @Override
        public void onError(Throwable error) {
          end.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
          end.complete(null);
        }
      });
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
    return end.handle((none, error) -> error).get(20, java.util.concurrent.TimeUnit.SECONDS);
  }
}

package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.Budget;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The modules of OpenAI and Anthropic are optional: an application with neither has wrapped models too. */
class WithoutVendorsTest {

  /** Loads ours anew, and does not find the vendors' classes. */
  private static final class Bare extends ClassLoader {

    Bare(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.langchain4j.model.openai.")
          || name.startsWith("dev.langchain4j.model.anthropic.")
          || name.startsWith("dev.langchain4j.http.")
          || name.startsWith("dev.langchain4j.service.")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("dev.purser.langchain4j.")
          ? anew(name)
          : super.loadClass(name, resolve);
    }

    private synchronized Class<?> anew(String name) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** What an application does; run by the bare class loader. */
  public static final class Application implements Supplier<Long> {

    /** For the class loader. */
    public Application() {}

    @Override
    public Long get() {
      List<SpendRecord> records = new ArrayList<>();
      Purser purser = Purser.builder()
          .owner("dana@acme.dev")
          .budget(Budget.total("all", Usd.of("1")))
          .sink(records::add)
          .build();
      ChatModel plain = new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          return ChatResponse.builder()
              .aiMessage(AiMessage.from("It."))
              .modelName("gpt-4o")
              .tokenUsage(new TokenUsage(12, 7))
              .build();
        }
      };
      BudgetedChatModel.wrap(plain, purser, CallOptions.DEFAULT.provider("openai"))
          .chat(ChatRequest.builder()
              .messages(dev.langchain4j.data.message.UserMessage.from("What?"))
              .modelName("gpt-4o")
              .build());
      purser.close();
      return records.stream().mapToLong(SpendRecord::costNanoUsd).sum();
    }
  }

  @Test
  void aCallIsAdmittedAndCharged() throws Exception {
    Bare bare = new Bare(getClass().getClassLoader());
    assertThatThrownBy(() -> bare.loadClass("dev.langchain4j.model.openai.OpenAiTokenUsage"))
        .isInstanceOf(ClassNotFoundException.class);
    Class<?> application = bare.loadClass(Application.class.getName());
    assertThat(application).isNotEqualTo(Application.class);

    Object spent = ((Supplier<?>) application.getConstructor().newInstance()).get();

    assertThat(spent).isEqualTo(12 * Bodies.GPT_INPUT + 7 * Bodies.GPT_OUTPUT);
  }
}

package dev.purser.clients.sdk;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.purser.clients.Answer;
import dev.purser.clients.Client;
import dev.purser.clients.ClientContract;
import dev.purser.clients.Prompt;
import dev.purser.clients.PushedAnswer;
import java.util.concurrent.atomic.AtomicReference;

/** What all models of LangChain4j have in common. */
abstract class LangChainContract extends ClientContract {

  /** Asks a model and its streaming twin. */
  record Models(ChatModel model, StreamingChatModel streaming) implements Client {

    private static ChatRequest request(Prompt prompt) {
      return ChatRequest.builder().messages(UserMessage.from(prompt.text())).build();
    }

    @Override
    public String ask(Prompt prompt) {
      return model.chat(request(prompt)).aiMessage().text();
    }

    @Override
    public Answer stream(Prompt prompt) {
      PushedAnswer answer = new PushedAnswer();
      streaming.chat(request(prompt), new Pushing(answer));
      return answer;
    }
  }

  /** Gives the parts to an answer; whoever closes it cancels the stream. */
  private static final class Pushing implements StreamingChatResponseHandler {

    private final PushedAnswer answer;
    private final AtomicReference<StreamingHandle> handle = new AtomicReference<>();

    Pushing(PushedAnswer answer) {
      this.answer = answer.onClose(() -> {
        StreamingHandle begun = handle.get();
        if (begun != null) {
          begun.cancel();
        }
      });
    }

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
      handle.set(context.streamingHandle());
      answer.push(part.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      answer.end();
    }

    @Override
    public void onError(Throwable error) {
      answer.fail(error);
    }
  }
}

package dev.purser.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler that keeps what it is told. */
class Collected implements StreamingChatResponseHandler {

  final List<String> parts = new CopyOnWriteArrayList<>();
  final List<ChatResponse> complete = new CopyOnWriteArrayList<>();
  final List<Throwable> errors = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @Override
  public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
    parts.add(part.text());
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    complete.add(response);
    ends.add("complete");
  }

  @Override
  public void onError(Throwable error) {
    errors.add(error);
    ends.add("error");
  }

  /** Waits for the next {@code complete} or {@code error}. */
  String end() throws InterruptedException {
    return ends.poll(20, TimeUnit.SECONDS);
  }
}

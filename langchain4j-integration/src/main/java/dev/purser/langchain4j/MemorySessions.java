package dev.purser.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.purser.api.Attribution;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the memory of an AI service the session of its calls, every round of tools included, so that
 * a budget {@code per(SESSION)} counts conversations:
 *
 * <pre>{@code
 * AiServices.builder(Assistant.class)
 *     .chatModel(BudgetedChatModel.wrap(model, purser))
 *     .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
 *     .chatRequestTransformer(new MemorySessions())
 * }</pre>
 *
 * <p>Calls without a {@code @MemoryId} share one memory, and say nothing of a session. Inside a scope
 * with a session the memory's is a part of that one. Safe for use by several threads.
 */
public final class MemorySessions implements BiFunction<ChatRequest, Object, ChatRequest> {

  /** What LangChain4j calls the memory of those that name none. */
  private static final String SHARED = "default";

  /** Makes a transformer of requests. */
  public MemorySessions() {}

  @Override
  public ChatRequest apply(ChatRequest request, @Nullable Object memoryId) {
    String session = memoryId == null ? "" : memoryId.toString();
    return session.isBlank() || session.equals(SHARED)
        ? request
        : AttributedChatRequest.of(request, Attribution.NONE.session(session));
  }
}

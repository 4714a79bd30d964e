package dev.purser.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import org.jspecify.annotations.Nullable;

/** Ends calls with what their answers say. */
final class ChatAnswer {

  private ChatAnswer() {}

  /**
   * Ends a call.
   *
   * @param called the model that was called
   */
  static void end(HeldCall call, ModelId called, @Nullable ChatResponse answer) {
    if (!Faults.run("the answer", () -> read(call, called, answer))) {
      call.abandon(AbandonReason.MALFORMED_ANSWER, null);
    }
    call.ended();
  }

  private static void read(HeldCall call, ModelId called, @Nullable ChatResponse answer) {
    if (answer == null) {
      call.abandon(AbandonReason.NO_USAGE, null);
      return;
    }
    ChatResponseMetadata metadata = answer.metadata();
    tell(call, called, answer);
    String tier = Vendors.OPENAI ? OpenAiFacts.answeredTier(metadata) : null;
    ModelId by = answeredBy(called, metadata.modelName());
    Usage usage = Usages.ofAnswer(metadata);
    if (usage != null) {
      call.settle(new Settlement(usage, by, tier, metadata.id()));
    } else if (Usages.states(metadata.tokenUsage())) {
      call.abandon(AbandonReason.IMPLAUSIBLE_USAGE, null);
    } else {
      SeenText seen = new SeenText();
      seen.add(answer.aiMessage());
      call.abandon(
          metadata.finishReason() == null ? AbandonReason.STREAM_CUT : AbandonReason.NO_USAGE,
          new SeenUsage(
              Usage.NONE, false, false, seen.tokens(), seen.hidden(), by, tier, metadata.id()));
    }
  }

  /** Returns the model that an answer names, or null. */
  static @Nullable ModelId answeredBy(ModelId called, @Nullable String name) {
    return name == null || name.isBlank() ? null : ModelId.of(called.provider(), name);
  }

  private static void tell(HeldCall call, ModelId called, ChatResponse answer) {
    FinishReason reason = answer.metadata().finishReason();
    if (reason != null) {
      call.tell(told -> told.finishReason(word(reason, called.provider().equals("anthropic"))));
    }
    AiMessage message = answer.aiMessage();
    int wanted = call.wantedContent();
    if (wanted > 0 && message.text() != null) {
      String text = message.text();
      call.tell(told -> told.answer(text.substring(0, Math.min(wanted, text.length()))));
    }
  }

  /** Returns the provider's own word. */
  private static String word(FinishReason reason, boolean anthropic) {
    return switch (reason) {
      case STOP -> anthropic ? "end_turn" : "stop";
      case LENGTH -> anthropic ? "max_tokens" : "length";
      case TOOL_EXECUTION -> anthropic ? "tool_use" : "tool_calls";
      case CONTENT_FILTER -> anthropic ? "refusal" : "content_filter";
      default -> "other";
    };
  }
}

package dev.purser.samples;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.core.Purser;
import dev.purser.langchain4j.AttributedChatRequest;
import dev.purser.langchain4j.BudgetedChatModel;
import dev.purser.langchain4j.BudgetedEmbeddingModel;
import dev.purser.langchain4j.BudgetedImageModel;
import dev.purser.langchain4j.BudgetedModerationModel;
import dev.purser.langchain4j.BudgetedStreamingChatModel;
import dev.purser.langchain4j.CallOptions;
import dev.purser.langchain4j.CountedOnce;
import dev.purser.langchain4j.MemorySessions;
import dev.purser.langchain4j.RefusalEndsLoop;
import dev.purser.langchain4j.RoutingChatModel;
import dev.purser.langchain4j.RoutingStreamingChatModel;
import java.util.List;

/** The lines that {@code docs/langchain4j.md} shows, compiled so that they stay true. */
final class DocumentedLangChain4j {

  private DocumentedLangChain4j() {}

  /** What an application asks. */
  interface Assistant {

    /** Answers a message of a conversation. */
    String chat(@MemoryId String conversation, @UserMessage String message);
  }

  static List<Object> wrap(
      Purser purser,
      ChatModel openAiChatModel,
      StreamingChatModel claudeStreaming,
      EmbeddingModel openAiEmbeddings,
      ModerationModel openAiModeration,
      ImageModel openAiImages) {
    ChatModel model = BudgetedChatModel.wrap(openAiChatModel, purser);
    StreamingChatModel streaming = BudgetedStreamingChatModel.wrap(claudeStreaming, purser);
    EmbeddingModel embeddings = BudgetedEmbeddingModel.wrap(openAiEmbeddings, purser);
    ModerationModel moderation = BudgetedModerationModel.wrap(openAiModeration, purser);
    ImageModel images =
        BudgetedImageModel.wrap(openAiImages, purser, ModelId.of("openai", "gpt-image-1"));
    return List.of(model, streaming, embeddings, moderation, images);
  }

  static ChatModel elsewhere(Purser purser, ChatModel groqChatModel) {
    ChatModel llama =
        BudgetedChatModel.wrap(groqChatModel, purser, CallOptions.DEFAULT.provider("groq"));
    return llama;
  }

  static Assistant service(ChatModel model, Object tools) {
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(model)
        .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
        .chatRequestTransformer(new MemorySessions())
        .tools(tools)
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .build();
    return assistant;
  }

  static void attributed(ChatModel model, ChatRequest request) {
    model.chat(AttributedChatRequest.of(request, Attribution.key("alice").taskClass("routine")));
  }

  static ChatModel routed(Purser purser, String anthropicKey, String openAiKey) {
    ChatModel haiku = AnthropicChatModel.builder()
        .apiKey(anthropicKey)
        .modelName("claude-haiku-4-5")
        .maxTokens(4_000)
        .maxRetries(0)
        .build();
    ChatModel mini = OpenAiChatModel.builder()
        .apiKey(openAiKey)
        .modelName("gpt-5-mini")
        .maxCompletionTokens(4_000)
        .maxRetries(0)
        .build();
    ChatModel model = RoutingChatModel.builder(purser)
        .model("claude-haiku-4-5", haiku)
        .model("gpt-5-mini", mini)
        .otherwise("gpt-5-mini")
        .complete()
        .build();
    return model;
  }

  static StreamingChatModel routed(
      Purser purser, StreamingChatModel claudeStreaming, StreamingChatModel groqStreaming) {
    StreamingChatModel streaming = RoutingStreamingChatModel.builder(purser)
        .model("claude-haiku-4-5", claudeStreaming)
        .model("groq/llama-3.3-70b-versatile", groqStreaming)
        .build();
    return streaming;
  }

  static StreamingChatModel once(Purser purser, String key, HttpClientBuilder interceptedClient) {
    StreamingChatModel overOkHttp = BudgetedStreamingChatModel.wrap(
        OpenAiStreamingChatModel.builder()
            .apiKey(key)
            .modelName("gpt-4o")
            .httpClientBuilder(CountedOnce.over(interceptedClient))
            .build(),
        purser);
    return overOkHttp;
  }
}

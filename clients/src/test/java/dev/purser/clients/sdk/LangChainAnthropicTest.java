package dev.purser.clients.sdk;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.purser.clients.Client;
import dev.purser.clients.Kind;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.langchain4j.BudgetedChatModel;
import dev.purser.langchain4j.BudgetedStreamingChatModel;

class LangChainAnthropicTest extends LangChainContract {

  @Override
  protected Kind kind() {
    return new Kind(
        "LangChain4j " + System.getProperty("version.langchain4j"),
        "wrapped models",
        "`BudgetedChatModel.wrap(model, purser)`",
        Api.ANTHROPIC);
  }

  @Override
  protected Client client(Purser purser, Provider at) {
    ChatModel model = AnthropicChatModel.builder()
        .baseUrl(at.url("/v1"))
        .apiKey("sk-ant-loopback")
        .modelName(Api.ANTHROPIC.model())
        .maxTokens(100)
        .build();
    StreamingChatModel streaming = AnthropicStreamingChatModel.builder()
        .baseUrl(at.url("/v1"))
        .apiKey("sk-ant-loopback")
        .modelName(Api.ANTHROPIC.model())
        .maxTokens(100)
        .build();
    return new Models(
        BudgetedChatModel.wrap(model, purser), BudgetedStreamingChatModel.wrap(streaming, purser));
  }
}

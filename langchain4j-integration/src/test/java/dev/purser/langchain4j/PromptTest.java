package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.MediaKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {

  private static final ChatRequestParameters NONE =
      ChatRequestParameters.builder().build();

  @Test
  void everyMessageIsRead() {
    Prompt prompt = ChatPrompt.of(
        List.of(
            SystemMessage.from("Be brief."),
            UserMessage.from("ann", "Look up purser."),
            AiMessage.builder()
                .text("I will.")
                .thinking("Hm.")
                .toolExecutionRequests(List.of(ToolExecutionRequest.builder()
                    .id("call_1")
                    .name("lookUp")
                    .arguments("{\"word\":\"purser\"}")
                    .build()))
                .build(),
            ToolExecutionResultMessage.from("call_1", "lookUp", "an officer")),
        NONE);

    assertThat(prompt.texts())
        .containsExactly(
            "Be brief.",
            "ann",
            "Look up purser.",
            "I will.",
            "Hm.",
            "lookUp",
            "{\"word\":\"purser\"}",
            "lookUp",
            "an officer");
    assertThat(prompt.tokens()).isEqualTo(4 * 8 + 8 + 16);
  }

  @Test
  void whatIsNoTextIsNotReadAsText() {
    Image image =
        Image.builder().base64Data("A".repeat(400)).mimeType("image/png").build();
    Prompt prompt = ChatPrompt.of(
        List.of(UserMessage.from(
            TextContent.from("What is this?"),
            ImageContent.from(image, ImageContent.DetailLevel.HIGH),
            AudioContent.from("A".repeat(40), "audio/wav"),
            VideoContent.from("A".repeat(40), "video/mp4"),
            PdfFileContent.from("A".repeat(80), "application/pdf"))),
        NONE);

    assertThat(prompt.texts()).containsExactly("What is this?");
    assertThat(prompt.media())
        .extracting(Prompt.Media::kind)
        .containsExactly(MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.FILE);
    assertThat(prompt.media())
        .extracting(Prompt.Media::format)
        .containsExactly("png", "wav", "mp4", "pdf");
    assertThat(prompt.media()).extracting(Prompt.Media::bytes).containsExactly(300L, 30L, 30L, 60L);
    assertThat(prompt.media().get(0).detail()).isEqualTo("high");
  }

  @Test
  void toolsAndFormatsAreRead() {
    JsonObjectSchema schema =
        JsonObjectSchema.builder().addStringProperty("word").build();
    Prompt prompt = ChatPrompt.of(
        List.of(UserMessage.from("What?")),
        ChatRequestParameters.builder()
            .toolSpecifications(ToolSpecification.builder()
                .name("lookUp")
                .description("Looks a word up")
                .parameters(schema)
                .build())
            .responseFormat(ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(
                    JsonSchema.builder().name("Word").rootElement(schema).build())
                .build())
            .build());

    assertThat(prompt.tools()).isEqualTo(2);
    assertThat(prompt.texts().get(1)).contains("lookUp", "Looks a word up", "word");
    assertThat(prompt.texts().get(2)).contains("Word", "word");
  }

  @Test
  void whatIsShownIsNoLongerThanWanted() {
    String shown = ChatPrompt.shown(
        List.of(UserMessage.from("a".repeat(100)), UserMessage.from("b".repeat(100))), 150);
    assertThat(shown).hasSize(150).contains("aaa");
  }
}

package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicPromptTest {

  /** A picture of one pixel. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==";

  @Test
  void textsOfAllPlacesAreRead() {
    Prompt prompt = read("\"system\":[{\"type\":\"text\",\"text\":\"Be brief.\"}],"
        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":["
        + "{\"type\":\"text\",\"text\":\"Hello\"}]}]");

    assertThat(prompt.texts()).contains("Be brief.", "Hi", "Hello");
    assertThat(prompt.tokens()).isPositive();
    assertThat(prompt.opaqueBytes()).isZero();
  }

  @Test
  void aPictureHasASizeWhereItIsThere() {
    assertThat(
            part("{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\","
                    + "\"data\":\"" + PNG + "\"}}")
                .media())
        .singleElement()
        .satisfies(picture -> {
          assertThat(picture.kind()).isEqualTo(MediaKind.IMAGE);
          assertThat(picture.format()).isEqualTo("png");
          assertThat(picture.width()).isEqualTo(1);
          assertThat(picture.height()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"type\":\"url\",\"url\":\"https://x\"}", "{\"type\":\"file\",\"file_id\":\"f\"}"
      })
  void aPictureElsewhereHasNone(String source) {
    assertThat(part("{\"type\":\"image\",\"source\":" + source + "}").media())
        .containsExactly(new Media(MediaKind.IMAGE, "", 0, 0, 0, ""));
  }

  @Test
  void documentsAreFilesOrText() {
    assertThat(part("{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":"
                + "\"application/pdf\",\"data\":\"JVBERi0xLjQK\"}}")
            .media())
        .containsExactly(new Media(MediaKind.FILE, "pdf", 9, 0, 0, ""));
    assertThat(
            part("{\"type\":\"document\",\"title\":\"T\",\"source\":{\"type\":\"text\",\"media_type\":"
                    + "\"text/plain\",\"data\":\"Some words.\"}}")
                .texts())
        .contains("T", "Some words.");
    assertThat(part("{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"a part\"}]}}")
            .texts())
        .contains("a part");
  }

  @Test
  void aResultOfAToolIsLookedThrough() {
    Prompt prompt = part("{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":["
        + "{\"type\":\"text\",\"text\":\"22 degrees\"},"
        + "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"u\"}},"
        + "{\"type\":\"search_result\",\"source\":\"s\",\"title\":\"t\",\"content\":["
        + "{\"type\":\"text\",\"text\":\"found\"}]}]}");

    assertThat(prompt.texts()).contains("22 degrees", "found");
    assertThat(prompt.media()).hasSize(1);
  }

  @Test
  void theCallOfAToolIsItsJson() {
    String call =
        "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"weather\",\"input\":{\"city\":\"Rome\"}}";

    assertThat(part(call).texts()).contains(call);
  }

  @Test
  void whatIsEncryptedIsReadAllTheSame() {
    long nothing = part("{\"type\":\"redacted_thinking\",\"data\":\"\"}").tokens();
    String data = "QUJD".repeat(1000);

    assertThat(
            part("{\"type\":\"redacted_thinking\",\"data\":\"" + data + "\"}").tokens())
        .isEqualTo(nothing + 1500);
    assertThat(part("{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"" + data + "\"}")
            .tokens())
        .isEqualTo(nothing + 1500);
    assertThat(
            part("{\"type\":\"web_search_tool_result\",\"content\":[{\"type\":\"web_search_result\","
                    + "\"encrypted_content\":\"" + data + "\"}]}")
                .tokens())
        .isGreaterThanOrEqualTo(nothing + 1500);
  }

  @Test
  void toolsAreTheirJsonAndThoseOfAnthropicMore() {
    long without = read("\"messages\":[]").tokens();
    String tool = "{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}";
    Prompt own = read("\"messages\":[],\"tools\":[" + tool + "]");
    Prompt search = read(
        "\"messages\":[],\"tools\":[{\"type\":\"web_search_20260318\",\"name\":\"web_search\"}]");

    assertThat(own.texts()).containsExactly(tool);
    assertThat(own.tools()).isEqualTo(1);
    assertThat(own.tokens()).as("the rest goes by the family").isEqualTo(without);
    assertThat(search.tokens()).isGreaterThan(without + 2225);
    assertThat(read("\"messages\":[],\"tools\":[]").tokens()).isEqualTo(without);
  }

  @Test
  void whatAnthropicAddsFromElsewhereHasNoSize() {
    assertThat(read("\"messages\":[],\"mcp_servers\":[{\"type\":\"url\",\"url\":\"u\"}]")
            .media())
        .containsExactly(ChatPart.UNKNOWN);
    assertThat(
            read("\"messages\":[],\"thread\":{\"type\":\"continue\",\"previous_message_id\":\"m\"}")
                .media())
        .containsExactly(ChatPart.UNKNOWN);
    assertThat(part("{\"type\":\"hologram\",\"source\":{\"url\":\"u\"}}").media())
        .containsExactly(ChatPart.UNKNOWN);
  }

  @Test
  void blocksInBlocksWithoutAnEndAreBounded() {
    int depth = 3000;
    String nested = "{\"type\":\"tool_result\",\"content\":[".repeat(depth) + "]}".repeat(depth);

    Prompt prompt = part(nested);

    assertThat(prompt.opaqueBytes()).isGreaterThan(depth * 30L);
  }

  private static Prompt part(String block) {
    return read("\"messages\":[{\"role\":\"user\",\"content\":[" + block + "]}]");
  }

  private static Prompt read(String fields) {
    return Dialogue.call(
            "POST",
            "api.anthropic.com/v1/messages",
            "{\"model\":\"claude-x\",\"max_tokens\":9," + fields + "}")
        .prompt();
  }
}

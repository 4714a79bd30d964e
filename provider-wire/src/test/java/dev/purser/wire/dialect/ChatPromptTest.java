package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.Calls;
import org.junit.jupiter.api.Test;

class ChatPromptTest {

  /** A PNG of one pixel. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
          + "hgGAWjR9awAAAABJRU5ErkJggg==";

  @Test
  void textsAndFramingAreCountedByTheCookbooksRule() {
    Prompt prompt = messages("{\"role\":\"system\",\"content\":\"Be brief.\"},"
        + "{\"role\":\"user\",\"name\":\"ann\",\"content\":\"Hi\\n\"}");

    assertThat(prompt.texts()).containsExactly("Be brief.", "ann", "Hi\n");
    assertThat(prompt.tokens()).as("2 × (3 + role), a name, the reply").isEqualTo(2 * 4 + 1 + 3);
    assertThat(prompt.opaqueBytes()).isZero();
  }

  @Test
  void aRoleOfNoKnownKindIsText() {
    assertThat(messages("{\"role\":\"critic\",\"content\":null}").texts())
        .containsExactly("critic");
  }

  @Test
  void partsOfTextAndRefusalsAreTexts() {
    Prompt prompt =
        messages("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
            + "{\"text\":\"b\",\"type\":\"text\"},{\"type\":\"refusal\",\"refusal\":\"c\"},\"d\"],"
            + "\"refusal\":\"e\",\"reasoning_content\":\"f\"}");

    assertThat(prompt.texts()).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void toolCallsAndTheirResultsAreTexts() {
    Prompt prompt =
        messages("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"x\","
            + "\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"x\",\"content\":\"3\"}");

    assertThat(prompt.texts()).containsExactly("add", "{\"a\":1}", "3");
    assertThat(prompt.tokens()).isEqualTo(2 * 4 + 8 + 3);
  }

  @Test
  void toolsFormatsAndPredictionsAreCountedByTheirJson() {
    Prompt prompt = Calls.read("{\"model\":\"m\",\"messages\":[],\"tools\":[ {\"a\":1}],"
            + "\"response_format\":{\"b\":2},\"functions\":null,"
            + "\"prediction\":{\"type\":\"content\",\"content\":\"guess\"}}")
        .prompt();

    assertThat(prompt.texts()).containsExactly("[ {\"a\":1}]", "{\"b\":2}", "guess");
    assertThat(prompt.tokens()).isEqualTo(2 * 16 + 3);
  }

  @Test
  void aPictureInTheRequestIsMeasured() {
    assertThat(part("{\"type\":\"image_url\",\"image_url\":{\"detail\":\"low\",\"url\":"
            + "\"data:image/png;base64," + PNG + "\"}}"))
        .isEqualTo(new Media(MediaKind.IMAGE, "png", 70, 1, 1, "low"));
    assertThat(part("{\"type\":\"image_url\",\"image_url\":\"data:image\\/png;base64,"
            + PNG.replace("/", "\\/").replace("=", "\\u003d") + "\"}"))
        .as("escaped, and without an object around it")
        .isEqualTo(new Media(MediaKind.IMAGE, "png", 70, 1, 1, ""));
  }

  @Test
  void aPictureElsewhereHasNoKnownSize() {
    assertThat(
            part("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}}"))
        .isEqualTo(new Media(MediaKind.IMAGE, "", 0, 0, 0, ""));
    assertThat(
            part("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,@@@@\"}}"))
        .isEqualTo(new Media(MediaKind.IMAGE, "png", 3, 0, 0, ""));
    assertThat(part("{\"type\":\"image_url\",\"image_url\":{}}"))
        .isEqualTo(new Media(MediaKind.IMAGE, "", 0, 0, 0, ""));
  }

  @Test
  void recordingsAndFilesAreCountedByTheirBytesNotTheirBase64() {
    assertThat(part(
            "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"WAV\"}}"))
        .isEqualTo(new Media(MediaKind.AUDIO, "wav", 3, 0, 0, ""));
    assertThat(part("{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":"
            + "\"data:application/pdf;base64,AAAAAA==\"}}"))
        .isEqualTo(new Media(MediaKind.FILE, "pdf", 4, 0, 0, ""));
    assertThat(part("{\"type\":\"file\",\"file\":{\"filename\":\"a.PDF\",\"file_data\":\"AAAA\"}}"))
        .isEqualTo(new Media(MediaKind.FILE, "pdf", 3, 0, 0, ""));
    assertThat(part("{\"type\":\"file\",\"file\":{\"file_id\":\"f1\"}}"))
        .isEqualTo(new Media(MediaKind.FILE, "", 0, 0, 0, ""));
  }

  @Test
  void aPartOfAnUnknownKindMayNameAFileOfAnySize() {
    String part = "{\"type\":\"hologram\",\"hologram\":{\"x\":1}}";
    Prompt prompt = messages("{\"role\":\"user\",\"content\":[" + part + ",7],\"odd\":[1,2]}");

    assertThat(prompt.texts()).isEmpty();
    assertThat(prompt.media()).containsExactly(new Media(MediaKind.FILE, "", 0, 0, 0, ""));
    assertThat(prompt.opaqueBytes()).isEqualTo(1 + "[1,2]".length());
  }

  @Test
  void anAudioFieldThatIsNullIsNone() {
    assertThat(messages("{\"role\":\"assistant\",\"content\":\"a\",\"audio\":null}")
            .media())
        .isEmpty();
    assertThat(messages("{\"role\":\"assistant\",\"audio\":{\"id\":\"a1\"}}").media())
        .containsExactly(new Media(MediaKind.AUDIO, "", 0, 0, 0, ""));
  }

  private static Media part(String json) {
    Prompt prompt = messages("{\"role\":\"user\",\"content\":[" + json + "]}");
    assertThat(prompt.texts()).isEmpty();
    assertThat(prompt.opaqueBytes()).isZero();
    return prompt.media().get(0);
  }

  private static Prompt messages(String messages) {
    return Calls.read("{\"model\":\"m\",\"messages\":[" + messages + "]}").prompt();
  }
}

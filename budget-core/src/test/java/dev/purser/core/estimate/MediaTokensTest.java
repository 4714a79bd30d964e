package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTokensTest {

  private static long tokens(String model, Media media) {
    ModelId id = ModelId.of("somebody", model);
    return MediaTokens.of(ModelFamily.of(id)).of(ModelFamily.bareName(model), media);
  }

  private static Media image(int width, int height, String detail) {
    return new Media(MediaKind.IMAGE, "png", 1_000_000, width, height, detail);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 1024, 1024, high, 765", // the guide's own example: 4 tiles
    "gpt-4o, 2048, 4096, high, 1105", // the guide's own example: 6 tiles
    "gpt-4o, 4096, 8192, low, 85",
    "gpt-4o, 0, 0, '', 1445", // unknown: the most tiles there are
    "gpt-4.1, 1024, 1024, '', 765",
    "gpt-4o-mini, 512, 512, high, 8500",
    "gpt-5, 512, 512, high, 210",
    "gpt-5-chat-latest, 512, 512, low, 70",
    "o1, 512, 512, high, 225",
    "computer-use-preview, 512, 512, '', 194",
    "gpt-4.1-mini, 1024, 1024, '', 1659",
    "gpt-4.1-mini, 0, 0, '', 2489",
    "gpt-4.1-nano, 1024, 1024, low, 2520", // low makes no difference to patches
    "gpt-5-mini, 4000, 4000, high, 2489",
    "o4-mini, 1024, 1024, '', 1762",
    "gpt-5.2, 4000, 4000, '', 1844",
    "gpt-5.4, 4000, 4000, '', 3001", // 2,500 patches
    "gpt-5.4, 4000, 4000, original, 12001", // 10,000 patches
    "gpt-5.4, 4000, 4000, low, 308",
    "gpt-5.5, 4000, 4000, '', 12001",
    "gpt-5.6-terra, 4000, 4000, '', 18751", // 15,625 patches: nothing is scaled down
    "gpt-5.6-terra, 4000, 4000, high, 3001",
    "gpt-5.6-terra, 0, 0, '', 12001",
    "openai/gpt-4o, 1024, 1024, high, 765",
  })
  void openAisFormulas(String model, int width, int height, String detail, long tokens) {
    assertThat(tokens(model, image(width, height, detail))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, 200, 200, 64", // 8 x 8 patches
    "claude-sonnet-4-5, 1000, 1000, 1334", // the page's own example
    "claude-sonnet-4-5, 1092, 1092, 1590",
    "claude-sonnet-4-5, 4000, 3000, 1600",
    "claude-sonnet-4-5, 0, 0, 1600",
    "us.anthropic.claude-3-5-haiku-20241022-v1:0, 4000, 3000, 1600",
    "anthropic/claude-opus-4.1, 4000, 3000, 1600",
    "claude-opus-4-20250514, 4000, 3000, 1600",
    "claude-opus-4-7, 2000, 1500, 4000",
    "claude-opus-4-7, 4000, 3000, 4784",
    "claude-sonnet-5-5, 0, 0, 4784",
  })
  void anthropicsFormulas(String model, int width, int height, long tokens) {
    assertThat(tokens(model, image(width, height, ""))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, 384, 384, '', 258",
    "gemini-2.5-flash, 960, 540, '', 1548", // the documentation's own example: 6 tiles of 360
    "gemini-2.5-flash, 0, 0, '', 4128",
    "gemini-3-pro-preview, 384, 384, '', 1120",
    "gemini-3-pro-preview, 0, 0, MEDIA_RESOLUTION_LOW, 280",
    "gemini-3-pro-preview, 0, 0, low, 1120", // OpenAI's word
    "gemini-3-pro-preview, 0, 0, media_resolution_ultra_high, 2240",
  })
  void googlesFormulas(String model, int width, int height, String detail, long tokens) {
    assertThat(tokens(model, image(width, height, detail))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "grok-4, 448, 448, 512",
    "grok-4, 896, 448, 768",
    "grok-4, 0, 0, 1792",
    "pixtral-12b-2409, 1024, 1024, 4160",
    "pixtral-12b-2409, 0, 0, 4160",
    "mistral-medium-latest, 280, 280, 110",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct, 336, 336, 290",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct, 0, 0, 2465",
    "qwen2.5-vl-72b, 2800, 2800, 10002",
    "nobody-knows-vl, 0, 0, 16384",
    "nobody-knows-vl, 1, 1, 1024",
  })
  void formulasOfOthers(String model, int width, int height, long tokens) {
    assertThat(tokens(model, image(width, height, ""))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, wav, 480000, 0, 300", // half a minute of telephone
    "gpt-4o, mp3, 480000, 0, 2400",
    "gpt-4o, mp3, 480000, 60, 600", // as long as is said
    "gemini-2.5-flash, mp3, 0, 60, 1920",
    "voxtral-small, mp3, 0, 60, 780",
    "gemini-2.5-flash, '', 0, 0, 100000",
  })
  void soundGoesBySeconds(String model, String format, long bytes, long seconds, long tokens) {
    Media sound = new Media(MediaKind.AUDIO, format, bytes, 0, 0, "", 0, seconds);

    assertThat(tokens(model, sound)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 3, 0, 13335", // 3,000 of text and 8 tiles each
    "claude-sonnet-4-5, 3, 0, 13800",
    "claude-opus-4-7, 1, 0, 7784",
    "gemini-2.5-flash, 3, 0, 774",
    "gemini-3-pro-preview, 3, 0, 1680",
    "claude-sonnet-4-5, 0, 40960, 46000", // ten pages of 4 KB
    "claude-sonnet-4-5, 0, 1, 4600",
    "claude-sonnet-4-5, 0, 0, 100000",
  })
  void documentsGoByPages(String model, int pages, long bytes, long tokens) {
    Media document = new Media(MediaKind.FILE, "pdf", bytes, 0, 0, "", pages, 0);

    assertThat(tokens(model, document)).isEqualTo(tokens);
  }

  @Test
  void videoGoesBySeconds() {
    Media video = new Media(MediaKind.VIDEO, "mp4", 0, 0, 0, "", 0, 10);
    Media unknown = new Media(MediaKind.VIDEO, "mp4", 250_000, 0, 0, "");

    assertThat(tokens("gemini-2.5-flash", video)).isEqualTo(3_200);
    assertThat(tokens("gemini-2.5-flash", unknown)).isEqualTo(3_200);
  }

  @Test
  void eachKindIsBilledAsItself() {
    Prompt prompt = Prompt.builder()
        .media(image(512, 512, "low"))
        .media(new Media(MediaKind.AUDIO, "mp3", 0, 0, 0, "", 0, 2))
        .media(new Media(MediaKind.VIDEO, "mp4", 0, 0, 0, "", 0, 1))
        .media(new Media(MediaKind.FILE, "pdf", 0, 0, 0, "", 1, 0))
        .build();

    assertThat(new PromptEstimator().estimate(ModelId.of("openai", "gpt-4o"), prompt))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT_IMAGE, 85)
            .add(UsageKind.INPUT_AUDIO, 20)
            .add(UsageKind.INPUT_VIDEO, 320)
            .add(UsageKind.INPUT, 4_445)
            .build());
  }
}

package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptEstimatorTest {

  private static final Encoding O200K =
      com.knuddels.jtokkit.Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");
  private static final ModelId CLAUDE = ModelId.of("anthropic", "claude-sonnet-4-5");

  private final PromptEstimator estimator = new PromptEstimator();

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, O200K",
    "gpt-4o-mini-2024-07-18, O200K",
    "gpt-4.1, O200K",
    "gpt-5, O200K",
    "gpt-5.4-nano, O200K",
    "o1, O200K",
    "o3-mini, O200K",
    "o4-mini, O200K",
    "openai/gpt-4o, O200K",
    "ft:gpt-4o-2024-08-06:acme::abc123, O200K",
    "GPT-4o, O200K",
    "gpt-4, CL100K",
    "gpt-4-turbo, CL100K",
    "gpt-3.5-turbo, CL100K",
    "gpt-35-turbo, CL100K",
    "text-embedding-3-small, CL100K",
  })
  void modelsUseTheTokenizerOfTheirFamily(String model, Encodings encoding) {
    assertThat(Encodings.of(model)).isEqualTo(encoding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-sonnet-4-5", "gemini-2.5-pro", "llama-3.3-70b", ""})
  void modelsOfOtherFamiliesHaveNoTokenizerHere(String model) {
    assertThat(Encodings.of(model)).isNull();
  }

  @Test
  void textIsCountedExactlyUpToFortyThousandCharacters() {
    String text = "Keep what an application spends inside its budgets. ".repeat(769);
    assertThat(text.length()).isBetween(39_900, 40_000);

    assertThat(estimator.estimate(GPT_4O, Prompt.ofText(text)))
        .isEqualTo(Usage.ofTokens(O200K.countTokensOrdinary(text), 0));
  }

  @Test
  void whatLooksLikeASpecialTokenIsCountedAsText() {
    assertThat(estimator.estimate(GPT_4O, Prompt.ofText("<|endoftext|>")).inputTokens())
        .isEqualTo(O200K.countTokensOrdinary("<|endoftext|>"))
        .isGreaterThan(1);
  }

  @Test
  void framingAndOpaqueBytesAreAdded() {
    Prompt prompt = Prompt.builder().text("hello").tokens(7).opaqueBytes(100).build();

    assertThat(estimator.estimate(GPT_4O, prompt)).isEqualTo(Usage.ofTokens(1 + 7 + 100, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ENGLISH", "JAVA", "JSON", "DIGITS", "BASE64", "CHINESE", "EMOJI", "MIXED", "WHITE"
      })
  void theBoundOfALongTextIsNotBelowItsTokensNorFarAbove(TextSample sample) {
    String text = sample.text();
    long exact = O200K.countTokensOrdinary(text);
    long bound = estimator.estimate(GPT_4O, Prompt.ofText(text)).inputTokens();

    assertThat(text.length()).isGreaterThan(PromptEstimator.MAX_EXACT_CHARS);
    assertThat(bound).as("tokens of %s", sample).isGreaterThanOrEqualTo(exact);
    assertThat(bound).as("tokens of %s", sample).isLessThanOrEqualTo(exact * sample.slack() / 100);
  }

  @Test
  void modelsWithoutATokenizerHereAreBoundedWithAMargin() {
    String text = TextSample.ENGLISH.text();

    assertThat(estimator.estimate(CLAUDE, Prompt.ofText(text)).inputTokens())
        .isGreaterThan(estimator.estimate(GPT_4O, Prompt.ofText(text)).inputTokens() * 13 / 10);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 1024, 1024, high, 765", // the guide's own example: 4 tiles
    "gpt-4o, 2048, 4096, high, 1105", // the guide's own example: 6 tiles
    "gpt-4o, 4096, 8192, low, 85",
    "gpt-4o, 0, 0, '', 1445", // unknown: the most tiles there are
    "gpt-4o-mini, 512, 512, high, 8500",
    "o1, 512, 512, high, 225",
    "gpt-4.1-mini, 1024, 1024, '', 1659",
    "gpt-4.1-mini, 0, 0, '', 2489",
  })
  void imagesGoByThePublishedFormulas(
      String model, int width, int height, String detail, long tokens) {
    Media image = new Media(MediaKind.IMAGE, "png", 1_000_000, width, height, detail);

    assertThat(estimator.estimate(
            ModelId.of("openai", model), Prompt.builder().media(image).build()))
        .isEqualTo(Usage.builder().add(UsageKind.INPUT_IMAGE, tokens).build());
  }

  @Test
  void recordingsAndFilesGoByTheirBytesAndNeverAsText() {
    Media wav = new Media(MediaKind.AUDIO, "wav", 480_000, 0, 0, "");
    Media pdf = new Media(MediaKind.FILE, "pdf", 300_000, 0, 0, "");
    Media unknown = new Media(MediaKind.FILE, "", 0, 0, 0, "");

    assertThat(estimator.estimate(GPT_4O, Prompt.builder().media(wav).build()))
        .isEqualTo(Usage.builder().add(UsageKind.INPUT_AUDIO, 301).build());
    assertThat(estimator.estimate(GPT_4O, Prompt.builder().media(pdf).build()))
        .isEqualTo(Usage.ofTokens(100_001, 0));
    assertThat(
            estimator.estimate(GPT_4O, Prompt.builder().media(unknown).build()).inputTokens())
        .isEqualTo(100_000);
  }

  /** Made-up texts whose tokens are cut in different ways; slack is in percent of the exact count. */
  enum TextSample {
    ENGLISH(150) {
      @Override
      String make(Random random) {
        String[] words = {
          "the",
          "budget",
          "of",
          "a",
          "quarter",
          "is",
          "spent",
          "before",
          "anyone",
          "notices",
          "engineering",
          "which",
          "responsible",
          "people",
          "and",
          "their",
          "unattended",
          "agents"
        };
        return words[random.nextInt(words.length)] + (random.nextInt(12) == 0 ? ". " : " ");
      }
    },
    JAVA(200) {
      @Override
      String make(Random random) {
        return "    if (reservation.isOpen() && account" + random.nextInt(100)
            + ".remainingNanoUsd() < request) {\n      return Refused.of(account, \"held\");\n    }\n";
      }
    },
    JSON(200) {
      @Override
      String make(Random random) {
        return "{\"id\":\"call-" + random.nextInt(100_000) + "\",\"cost_usd\":0."
            + random.nextInt(9999) + ",\"tags\":[\"a\",\"b\"],\"ok\":true},";
      }
    },
    DIGITS(200) {
      @Override
      String make(Random random) {
        return Integer.toString(random.nextInt(Integer.MAX_VALUE)) + " ";
      }
    },
    BASE64(200) {
      @Override
      String make(Random random) {
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
      }
    },
    CHINESE(250) {
      @Override
      String make(Random random) {
        return "\u5e94\u7528\u7a0b\u5e8f\u5728\u5927\u578b\u8bed\u8a00\u6a21\u578b\u4e0a\u7684\u652f"
            + "\u51fa\u5fc5\u987b\u4fdd\u6301\u5728\u9884\u7b97\u4e4b\u5185"
            + (char) (0x4e00 + random.nextInt(3000));
      }
    },
    EMOJI(250) {
      @Override
      String make(Random random) {
        return Character.toString(0x1F600 + random.nextInt(60));
      }
    },
    MIXED(200) {
      @Override
      String make(Random random) {
        TextSample[] all = {ENGLISH, JAVA, JSON, DIGITS, BASE64, CHINESE, EMOJI};
        return all[random.nextInt(all.length)].make(random);
      }
    },
    WHITE(4000) {
      @Override
      String make(Random random) {
        return " ".repeat(1 + random.nextInt(8)) + "x" + "\n".repeat(1 + random.nextInt(3));
      }
    };

    private final int slack;

    TextSample(int slack) {
      this.slack = slack;
    }

    int slack() {
      return slack;
    }

    abstract String make(Random random);

    String text() {
      Random random = new Random(42);
      StringBuilder text = new StringBuilder();
      while (text.length() <= 60_000) {
        text.append(make(random));
      }
      return text.toString();
    }
  }
}

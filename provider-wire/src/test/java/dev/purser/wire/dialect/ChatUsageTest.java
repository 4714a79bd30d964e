package dev.purser.wire.dialect;

import static dev.purser.api.UsageKind.CACHE_READ;
import static dev.purser.api.UsageKind.CACHE_READ_AUDIO;
import static dev.purser.api.UsageKind.CACHE_READ_IMAGE;
import static dev.purser.api.UsageKind.CACHE_WRITE_5M;
import static dev.purser.api.UsageKind.INPUT;
import static dev.purser.api.UsageKind.INPUT_AUDIO;
import static dev.purser.api.UsageKind.INPUT_IMAGE;
import static dev.purser.api.UsageKind.OUTPUT;
import static dev.purser.api.UsageKind.OUTPUT_AUDIO;
import static dev.purser.api.UsageKind.REASONING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChatUsageTest {

  @Test
  void cachedTokensInsideThePromptAreNotAddedAgain() throws JsonProcessingException {
    assertThat(read("{'prompt_tokens':100,'prompt_tokens_details':{'cached_tokens':90}}"))
        .isEqualTo(usage(INPUT, 10, CACHE_READ, 90));
  }

  @Test
  void cacheWritesAreBilledAsWritesOnly() throws JsonProcessingException {
    assertThat(read("{'prompt_tokens':4020,'completion_tokens':4,"
            + "'prompt_tokens_details':{'cached_tokens':0,'cache_write_tokens':4012}}"))
        .isEqualTo(usage(INPUT, 8, CACHE_WRITE_5M, 4012, OUTPUT, 4));
  }

  @Test
  void detailsThatOverlapAreCutToTheTotal() throws JsonProcessingException {
    assertThat(read("{'prompt_tokens':100,"
            + "'prompt_tokens_details':{'cached_tokens':90,'image_tokens':80}}"))
        .isEqualTo(usage(INPUT_IMAGE, 10, CACHE_READ, 20, CACHE_READ_IMAGE, 70));
    assertThat(read("{'prompt_tokens':100,"
            + "'prompt_tokens_details':{'cached_tokens':90,'audio_tokens':15}}"))
        .isEqualTo(usage(INPUT_AUDIO, 10, CACHE_READ, 85, CACHE_READ_AUDIO, 5));
    assertThat(read("{'prompt_tokens':2168,"
            + "'prompt_tokens_details':{'cached_tokens':2161,'cache_write_tokens':2161}}"))
        .isEqualTo(usage(CACHE_WRITE_5M, 2161, CACHE_READ, 7));
    assertThat(read("{'completion_tokens':4,"
            + "'completion_tokens_details':{'reasoning_tokens':3,'audio_tokens':4}}"))
        .isEqualTo(usage(OUTPUT_AUDIO, 4));
    assertThat(read(
            "{'completion_tokens':10," + "'completion_tokens_details':{'reasoning_tokens':11}}"))
        .isEqualTo(usage(REASONING, 10));
  }

  @Test
  void whatTheTotalHasBesideBothIsReasoningOrAudio() throws JsonProcessingException {
    assertThat(read("{'prompt_tokens':291,'completion_tokens':26,'total_tokens':506,"
            + "'completion_tokens_details':{'reasoning_tokens':189}}"))
        .isEqualTo(usage(INPUT, 291, OUTPUT, 26, REASONING, 189));
    assertThat(read("{'prompt_tokens':35,'completion_tokens':12,'total_tokens':109}"))
        .isEqualTo(usage(INPUT, 35, OUTPUT, 12, REASONING, 62));
    assertThat(read("{'prompt_tokens':9,'completion_tokens':248,'total_tokens':632,"
            + "'prompt_tokens_details':{'audio_tokens':375}}"))
        .isEqualTo(usage(INPUT, 9, INPUT_AUDIO, 375, OUTPUT, 248));
  }

  @Test
  void olderPlacesOfTheCachedTokensAreKnown() throws JsonProcessingException {
    for (String field :
        new String[] {"prompt_cache_hit_tokens", "cached_tokens", "num_cached_tokens"}) {
      assertThat(read("{'prompt_tokens':10,'" + field + "':4,'prompt_tokens_details':null}"))
          .as(field)
          .isEqualTo(usage(INPUT, 6, CACHE_READ, 4));
    }
  }

  @Test
  void wholeNumbersMayBeWrittenAsFloats() throws JsonProcessingException {
    assertThat(read("{'prompt_tokens':2.0,'completion_tokens':3e0}"))
        .isEqualTo(Usage.ofTokens(2, 3));
  }

  @Test
  void anAbsurdDetailMakesTheWholeImplausible() throws JsonProcessingException {
    assertThat(read("{'prompt_tokens':2,'prompt_tokens_details':{'cached_tokens':-1}}"))
        .isNull();
    assertThat(read("{'prompt_tokens':2,'completion_tokens':9007199254740994}")).isNull();
    assertThat(read("{'prompt_tokens':2,'total_tokens':1e308}")).isNull();
  }

  @Property(tries = 500)
  void theKindsAddUpToTheTotalsWhateverTheDetails(
      @ForAll @IntRange(max = 20) int prompt,
      @ForAll @IntRange(max = 20) int completion,
      @ForAll @IntRange(max = 25) int cached,
      @ForAll @IntRange(max = 25) int written,
      @ForAll @IntRange(max = 25) int audio,
      @ForAll @IntRange(max = 25) int images,
      @ForAll @IntRange(max = 25) int reasoning)
      throws JsonProcessingException {
    Usage usage = read("{'prompt_tokens':" + prompt + ",'completion_tokens':" + completion
        + ",'prompt_tokens_details':{'cached_tokens':" + cached + ",'cache_write_tokens':"
        + written + ",'audio_tokens':" + audio + ",'image_tokens':" + images
        + "},'completion_tokens_details':{'reasoning_tokens':" + reasoning + ",'audio_tokens':"
        + audio + ",'image_tokens':" + images + "}}");

    assertThat(usage.inputTokens()).isEqualTo(prompt);
    assertThat(usage.outputTokens()).isEqualTo(completion);
  }

  private static Usage read(String usage) throws JsonProcessingException {
    return ChatUsage.read(new ObjectMapper().readTree(usage.replace('\'', '"')));
  }

  private static Usage usage(Object... kindsAndCounts) {
    Usage.Builder usage = Usage.builder();
    for (int i = 0; i < kindsAndCounts.length; i += 2) {
      usage.add((UsageKind) kindsAndCounts[i], (Integer) kindsAndCounts[i + 1]);
    }
    return usage.build();
  }
}

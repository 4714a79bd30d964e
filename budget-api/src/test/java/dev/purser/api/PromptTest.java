package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptTest {

  @Test
  void partsAddUp() {
    Prompt prompt = Prompt.builder()
        .text("a secret")
        .tokens(3)
        .tokens(4)
        .opaqueBytes(5)
        .tools(1)
        .tools(2)
        .fees(UsageKind.WEB_SEARCH, 5)
        .fees(UsageKind.WEB_SEARCH, 1)
        .cachedForAnHour()
        .build();

    assertThat(prompt.tokens()).isEqualTo(7);
    assertThat(prompt.tools()).isEqualTo(3);
    assertThat(prompt.fees().count(UsageKind.WEB_SEARCH)).isEqualTo(6);
    assertThat(prompt.cachedForAnHour()).isTrue();
    assertThat(prompt.toString()).contains("3 tools").doesNotContain("secret");
  }

  @Test
  void anEmptyPromptAsksForNothing() {
    assertThat(Prompt.EMPTY.tools()).isZero();
    assertThat(Prompt.EMPTY.fees()).isEqualTo(Usage.NONE);
    assertThat(Prompt.EMPTY.cachedForAnHour()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = UsageKind.class,
      names = {"INPUT", "CACHE_WRITE_1H", "OUTPUT", "REASONING", "REQUEST"})
  void tokensAndTheCallItselfAreNoFees(UsageKind kind) {
    assertThatIllegalArgumentException().isThrownBy(() -> Prompt.builder().fees(kind, 1));
  }

  @Test
  void nothingIsNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> Prompt.builder().tools(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prompt.builder().fees(UsageKind.WEB_SEARCH, -1));
  }

  @Test
  void mediaWithoutALengthHaveNone() {
    Media media = new Media(MediaKind.FILE, "pdf", 3, 0, 0, "");

    assertThat(media).isEqualTo(new Media(MediaKind.FILE, "pdf", 3, 0, 0, "", 0, 0));
  }
}

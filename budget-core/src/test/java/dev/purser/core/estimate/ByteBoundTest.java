package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ByteBoundTest {

  private static final Encoding CL100K = com.knuddels.jtokkit.Encodings.newLazyEncodingRegistry()
      .getEncoding(EncodingType.CL100K_BASE);

  private final ByteBound bound = new ByteBound();

  @Property(tries = 300)
  void noTextHasMoreTokensThanBytes(@ForAll String text) {
    long exact = CL100K.countTokensOrdinary(text);

    assertThat(bound
            .estimate(
                ModelId.of("openai", "gpt-4"),
                Prompt.builder().text(text).tokens(7).opaqueBytes(3).build())
            .inputTokens())
        .isGreaterThanOrEqualTo(exact + 10);
  }
}

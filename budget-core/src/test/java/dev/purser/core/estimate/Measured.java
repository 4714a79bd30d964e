package dev.purser.core.estimate;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.purser.api.TextBound;
import dev.purser.api.TextBound.Vocabulary;
import java.util.List;
import java.util.Locale;

/**
 * A text, its tokens by two tokenizers, and what was bound for each.
 *
 * @param strict its bytes
 */
record Measured(
    TextSample sample, long o200k, long o200kBound, long cl100k, long cl100kBound, long strict) {

  private static final EncodingRegistry REGISTRY =
      com.knuddels.jtokkit.Encodings.newLazyEncodingRegistry();

  static List<Measured> all() {
    Encoding o200k = REGISTRY.getEncoding(EncodingType.O200K_BASE);
    Encoding cl100k = REGISTRY.getEncoding(EncodingType.CL100K_BASE);
    return TextSample.all().stream()
        .map(sample -> new Measured(
            sample,
            o200k.countTokensOrdinary(sample.text()),
            bound(Vocabulary.TWO_HUNDRED_THOUSAND, sample),
            cl100k.countTokensOrdinary(sample.text()),
            bound(Vocabulary.HUNDRED_THOUSAND, sample),
            Utf8Length.of(sample.text())))
        .toList();
  }

  private static long bound(Vocabulary vocabulary, TextSample sample) {
    return new TextBound(vocabulary).add(sample.text()).tokens();
  }

  int o200kPercent() {
    return (int) (o200kBound * 100 / o200k);
  }

  int cl100kPercent() {
    return (int) (cl100kBound * 100 / cl100k);
  }

  /** Returns a row of the page's table. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %d | %d %% | %d | %d %% | %d %% |",
        sample.name(),
        sample.text().length(),
        o200k,
        o200kPercent(),
        cl100k,
        cl100kPercent(),
        strict * 100 / o200k);
  }

  @Override
  public String toString() {
    return sample.name();
  }
}

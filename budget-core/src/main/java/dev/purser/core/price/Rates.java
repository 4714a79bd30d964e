package dev.purser.core.price;

import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a unit of every kind costs, in pico-dollars: what the table says, and where it is silent
 * what the rules below say. Immutable.
 *
 * <p>A kind without a price costs what its closest relative costs, never nothing. Only {@link
 * UsageKind#REQUEST} may: most providers bill no fee for a call.
 */
@SuppressWarnings("EnumOrdinal") // an array by kind; prices are never stored by ordinal
final class Rates {

  // Fees that a table is silent about: the dearest public price there was when this was written.
  /** $2.50 per 1,000 (OpenAI, "Pricing", built-in tools). */
  private static final long FILE_SEARCH = 2_500_000_000L;

  /** $0.12: 20 minutes of 4 GB, four times what runs unless asked (OpenAI, "Pricing", tools). */
  private static final long CODE_INTERPRETER = 120_000_000_000L;

  /** $2.50 per 1,000 searches (Cohere, "Pricing", Rerank 4 Pro). */
  private static final long RERANK_SEARCH = 2_500_000_000L;

  /** $5 per 1,000 pages (Mistral, "Pricing", OCR with annotations and more). */
  private static final long PAGE = 5_000_000_000L;

  /** $30 per million characters (OpenAI, "Pricing", tts-1-hd). */
  private static final long CHARACTER = 30_000_000L;

  /** $0.006 a minute (OpenAI, "Pricing", whisper-1), rounded up to $0.0001 a second. */
  private static final long SECOND = 100_000_000L;

  /** $0.25 a picture (OpenAI, "Pricing", gpt-image-1, high quality). */
  private static final long PICTURE = 250_000_000_000L;

  private static final UsageKind[] KINDS = UsageKind.values();

  private final long[] pico;

  /** What a call costs of which only tokens are known, though the model bills none; else 0. */
  private final long leastFee;

  private Rates(long[] pico, long leastFee) {
    this.pico = pico;
    this.leastFee = leastFee;
  }

  /**
   * Returns the prices of all kinds.
   *
   * @param stated by the table, in pico-dollars a unit: {@link UsageKind#INPUT} at least
   * @param hourWriteTimesInput what an hour's cache write costs in times of an input token where
   *     the provider says so; 0 where it does not
   * @param webSearch what a search costs where the table does not say
   */
  static Rates complete(Map<UsageKind, Long> stated, int hourWriteTimesInput, long webSearch) {
    long[] pico = new long[KINDS.length];
    // The order of the kinds is such that a relative comes before those that fall back to it.
    for (UsageKind kind : KINDS) {
      Long price = stated.get(kind);
      pico[kind.ordinal()] =
          price != null ? price : fallback(kind, pico, hourWriteTimesInput, webSearch);
    }
    return new Rates(pico, 0);
  }

  /**
   * Returns the prices of a model that bills pages, seconds, characters, pictures or searches, and no
   * tokens. A usage that names none of these is that of one, for no call is free for want of a count.
   *
   * @param stated by the table, the provider's usual fees included
   * @param own what this model bills by, of which there must be something
   * @param webSearch as above
   */
  static Rates byFeesAlone(Map<UsageKind, Long> stated, Map<UsageKind, Long> own, long webSearch) {
    long least = own.values().stream().mapToLong(Long::longValue).max().orElse(0);
    if (least == 0) {
      throw new IllegalArgumentException("no price for input, and no fee instead");
    }
    Map<UsageKind, Long> prices = new EnumMap<>(UsageKind.class);
    prices.put(UsageKind.INPUT, 0L);
    prices.putAll(stated);
    return new Rates(complete(prices, 0, webSearch).pico, least);
  }

  private static long fallback(
      UsageKind kind, long[] pico, int hourWriteTimesInput, long webSearch) {
    return switch (kind) {
      case INPUT -> throw new IllegalArgumentException("no price for input");
      case CACHE_READ, CACHE_WRITE_5M, INPUT_AUDIO, INPUT_IMAGE, INPUT_VIDEO ->
        pico[UsageKind.INPUT.ordinal()];
      // Embedding models state no price for output, for they have none.
      case OUTPUT -> pico[UsageKind.INPUT.ordinal()];
      case CACHE_READ_AUDIO, CACHE_READ_IMAGE -> pico[UsageKind.CACHE_READ.ordinal()];
      case CACHE_WRITE_1H ->
        Math.max(
            hourWriteTimesInput * pico[UsageKind.INPUT.ordinal()],
            pico[UsageKind.CACHE_WRITE_5M.ordinal()]);
      case REASONING, OUTPUT_AUDIO, OUTPUT_IMAGE -> pico[UsageKind.OUTPUT.ordinal()];
      case WEB_SEARCH -> webSearch;
      case FILE_SEARCH -> FILE_SEARCH;
      case CODE_INTERPRETER -> CODE_INTERPRETER;
      case RERANK_SEARCH -> RERANK_SEARCH;
      case PAGE -> PAGE;
      case CHARACTER -> CHARACTER;
      case SECOND -> SECOND;
      case PICTURE -> PICTURE;
      case REQUEST -> 0;
    };
  }

  /** Returns these prices with every token at {@code permille} thousandths, rounded up. */
  Rates times(int permille) {
    long[] scaled = pico.clone();
    for (UsageKind kind : KINDS) {
      if (kind.isInput() || kind.isOutput()) {
        long exact = Math.multiplyExact(pico[kind.ordinal()], (long) permille);
        scaled[kind.ordinal()] = exact / 1_000 + (exact % 1_000 == 0 ? 0 : 1);
      }
    }
    return new Rates(scaled, leastFee);
  }

  /** Returns the dearer price of each kind. */
  Rates dearer(Rates other) {
    long[] dearer = pico.clone();
    Arrays.setAll(dearer, i -> Math.max(pico[i], other.pico[i]));
    return new Rates(dearer, Math.max(leastFee, other.leastFee));
  }

  /**
   * Returns these prices with each kind of a bound as dear as what it may turn out to be: input a
   * cache write of five minutes, output reasoning, speech or a picture.
   */
  Rates worstCase() {
    long[] worst = pico.clone();
    raise(worst, UsageKind.INPUT, UsageKind.CACHE_WRITE_5M);
    raise(worst, UsageKind.INPUT_AUDIO, UsageKind.CACHE_WRITE_5M);
    raise(worst, UsageKind.INPUT_IMAGE, UsageKind.CACHE_WRITE_5M);
    raise(worst, UsageKind.INPUT_VIDEO, UsageKind.CACHE_WRITE_5M);
    raise(worst, UsageKind.OUTPUT, UsageKind.REASONING);
    raise(worst, UsageKind.OUTPUT, UsageKind.OUTPUT_AUDIO);
    raise(worst, UsageKind.OUTPUT, UsageKind.OUTPUT_IMAGE);
    return new Rates(worst, leastFee);
  }

  private static void raise(long[] pico, UsageKind kind, UsageKind mayBe) {
    pico[kind.ordinal()] = Math.max(pico[kind.ordinal()], pico[mayBe.ordinal()]);
  }

  /** Returns the price of a unit, in pico-dollars. */
  long price(UsageKind kind) {
    return pico[kind.ordinal()];
  }

  /**
   * Returns the exact cost. A usage that names no calls but something else is that of one call:
   * meters count tokens, and a fee for each call must not be lost over that.
   */
  PicoDollars cost(Usage usage) {
    PicoDollars sum = new PicoDollars();
    boolean used = false;
    boolean tokensOnly = true;
    for (UsageKind kind : KINDS) {
      long units = usage.count(kind);
      if (kind == UsageKind.REQUEST && units == 0 && used) {
        units = 1;
      }
      if (units > 0) {
        used = true;
        tokensOnly &= kind.isInput() || kind.isOutput() || kind == UsageKind.REQUEST;
        sum.add(units, pico[kind.ordinal()]);
      }
    }
    if (used && tokensOnly) {
      sum.add(1, leastFee);
    }
    return sum;
  }
}

package dev.purser.wire.dialect;

/**
 * The tokens that a picture takes which a GPT Image model makes, by its quality and size.
 *
 * @see <a href="https://platform.openai.com/docs/guides/image-generation#cost-and-latency">OpenAI: cost
 *     and latency of image generation</a>
 */
final class ImageTokens {

  private static final long[] LOW = {272, 408, 400};
  private static final long[] MEDIUM = {1056, 1584, 1568};
  private static final long[] HIGH = {4160, 6240, 6208};

  private ImageTokens() {}

  /**
   * Returns the tokens; what is not known, such as a quality or size of {@code auto}, counts as the
   * largest.
   */
  static long of(String quality, String size) {
    long[] row = switch (quality) {
      case "low" -> LOW;
      case "medium" -> MEDIUM;
      default -> HIGH;
    };
    return switch (size) {
      case "1024x1024" -> row[0];
      case "1536x1024" -> row[2];
      default -> row[1];
    };
  }
}

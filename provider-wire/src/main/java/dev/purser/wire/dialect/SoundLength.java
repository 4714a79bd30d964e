package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.api.UsageKind;
import java.util.Locale;

/**
 * The seconds that a recording may be billed for, by its bytes: at least 2,000 of them hold a second of
 * speech, as MP3, AAC and Opus are used for it (16 kbit/s), and 16,000 of WAV (8,000 samples of 16 bits).
 * One that is somewhere else is as long as what fits into OpenAI's 25 MB.
 *
 * @see <a href="https://platform.openai.com/docs/guides/speech-to-text">OpenAI: speech to text, 25 MB</a>
 * @see <a href="https://console.groq.com/docs/speech-to-text">Groq: at least ten seconds are billed</a>
 */
final class SoundLength {

  private static final long BYTES_A_SECOND = 2_000;
  private static final long WAV_BYTES_A_SECOND = 16_000;
  private static final long LARGEST = 25_000_000;
  private static final long LEAST = 10;

  private SoundLength() {}

  /** Adds what the recordings of a prompt may be billed, if the model is not billed by tokens. */
  static void tell(Prompt read, String model, Prompt.Builder prompt) {
    if (isBilledByTokens(model)) {
      return;
    }
    for (Media media : read.media()) {
      if (media.kind() == MediaKind.AUDIO) {
        prompt.fees(UsageKind.SECOND, seconds(media));
      }
    }
  }

  /** OpenAI's and Google's newer models of sound are, wherever they are served. */
  static boolean isBilledByTokens(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    return name.contains("gpt-") || name.contains("gemini");
  }

  private static long seconds(Media recording) {
    long bytes = recording.bytes() == 0 ? LARGEST : recording.bytes();
    boolean samples = recording.bytes() > 0 && recording.format().equals("wav");
    return LEAST + bytes / (samples ? WAV_BYTES_A_SECOND : BYTES_A_SECOND);
  }
}

package dev.purser.core.estimate;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens with JTokkit. The only class that touches JTokkit, so that it loads (and may fail
 * to) only where the library is present. Encodings are read at their first use; safe for threads.
 */
final class Tokenizer {

  private final EncodingRegistry registry = Encodings.newLazyEncodingRegistry();

  /** Whether JTokkit is on the class path. */
  static boolean isPresent() {
    try {
      Class.forName("com.knuddels.jtokkit.Encodings", false, Tokenizer.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      // JTokkit is optional: without it every text is bounded instead of counted.
      return false;
    }
  }

  /** Counts a text; what looks like a special token is counted as the text it is. */
  long count(dev.purser.core.estimate.Encodings family, String text) {
    return encoding(family).countTokensOrdinary(text);
  }

  private Encoding encoding(dev.purser.core.estimate.Encodings family) {
    return registry.getEncoding(
        switch (family) {
          case O200K -> EncodingType.O200K_BASE;
          case CL100K -> EncodingType.CL100K_BASE;
        });
  }
}

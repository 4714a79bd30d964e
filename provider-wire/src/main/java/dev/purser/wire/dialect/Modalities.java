package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.answer.Counts;
import java.util.Locale;

/**
 * The parts of a count of Google's by what they were: {@code [{"modality": "AUDIO", "tokenCount": 7}]}.
 * Documents are priced as the pictures that are made of their pages. Where enumerations are asked for as
 * numbers ({@code $alt=json;enum-encoding=int}), those of the field {@code Modality} stand there.
 *
 * @param audio tokens of sound
 * @param image tokens of pictures and documents
 * @param video tokens of moving pictures
 */
record Modalities(long audio, long image, long video) {

  static final Modalities NONE = new Modalities(0, 0, 0);

  /** Reads a list, if it is one. */
  static Modalities read(JsonNode details, Counts counts) {
    Modalities sum = NONE;
    for (JsonNode each : details) {
      long tokens = counts.of(Counts.first(each.path("tokenCount"), each.path("tokens")));
      sum = sum.plus(of(each.path("modality"), tokens));
    }
    return sum;
  }

  private static Modalities of(JsonNode modality, long tokens) {
    return switch (modality.asText().toUpperCase(Locale.ROOT)) {
      case "AUDIO", "4" -> new Modalities(tokens, 0, 0);
      case "IMAGE", "DOCUMENT", "2", "5" -> new Modalities(0, tokens, 0);
      case "VIDEO", "3" -> new Modalities(0, 0, tokens);
      default -> NONE;
    };
  }

  Modalities plus(Modalities more) {
    return new Modalities(audio + more.audio, image + more.image, video + more.video);
  }

  /** Returns these with pictures counted as text. */
  Modalities withoutPictures() {
    return new Modalities(audio, 0, video);
  }

  /** Returns these with all that moves or not counted as text, where an API prices them the same. */
  Modalities soundOnly() {
    return new Modalities(audio, 0, 0);
  }
}

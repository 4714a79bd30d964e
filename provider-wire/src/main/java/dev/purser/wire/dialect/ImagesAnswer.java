package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures: the tokens of GPT Image models, partial pictures included; of models that count none,
 * how many pictures there are. A stream states the tokens of each picture with it.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images-streaming">the events</a>
 */
final class ImagesAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of("type", "model", "usage", "error", "data.mime_type");

  private final @Nullable String provider;
  private final int count;
  private final Usage.Builder sum = Usage.builder();
  private int completed;

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param count how many pictures were asked for
   */
  ImagesAnswer(@Nullable String provider, int count) {
    super(new Findings(provider), PICK);
    this.provider = provider;
    this.count = count;
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {}

  @Override
  public void read(JsonNode piece) {
    findings.model(piece.path("model"));
    String type = piece.path("type").asText("");
    if (piece.path("error").isObject() || piece.path("error").isTextual() || type.equals("error")) {
      findings.error();
    }
    JsonNode usage = piece.path("usage");
    if (type.isEmpty()) {
      whole(usage, piece.path("data").size());
    } else if (type.endsWith(".completed")) {
      one(usage);
    } else {
      findings.hidden(); // a part of a picture
    }
  }

  private void whole(JsonNode usage, int pictures) {
    if (ChatUsage.says(usage) && usage.isObject()) {
      findings.usage(ImageUsage.read(usage));
    } else if (pictures > 0) {
      findings.usage(Usage.builder().add(UsageKind.PICTURE, pictures).build());
    }
    findings.cost(ProviderCost.of(provider, usage));
  }

  private void one(JsonNode stated) {
    Usage usage = stated.isObject() && ChatUsage.says(stated)
        ? ImageUsage.read(stated)
        : Usage.builder().add(UsageKind.PICTURE, 1).build();
    completed++;
    if (usage == null) {
      findings.usage(null);
      return;
    }
    for (UsageKind kind : UsageKind.values()) {
      sum.add(kind, usage.count(kind));
    }
    if (completed >= count) {
      findings.usage(sum.build());
      findings.over();
    } else {
      findings.usageSoFar(sum.build(), true, false);
    }
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }
}

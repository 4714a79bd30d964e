package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiModerationModel;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.util.Collections;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;

class OtherModelsTest extends Loopback {

  /** Of text-embedding-3-small, for 1,000 tokens. */
  private static final long EMBEDDED = 1_000 * 20;

  private static final long PICTURE = 120_000_000;

  private EmbeddingModel embeddings(Purser purser, String name) {
    return BudgetedEmbeddingModel.wrap(
        OpenAiEmbeddingModel.builder()
            .baseUrl(server.url("/v1").toString())
            .apiKey("sk-loopback")
            .modelName(name)
            .maxRetries(0)
            .build(),
        purser);
  }

  private static MockResponse vectors(int count) {
    String vector = "{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.1,0.2,0.3]}";
    return Bodies.json("{\"object\":\"list\",\"model\":\"text-embedding-3-small\",\"data\":["
        + String.join(",", Collections.nCopies(count, vector))
        + "],\"usage\":{\"prompt_tokens\":1000,\"total_tokens\":1000}}");
  }

  @Test
  void everyWayToEmbedIsOneCallChargedOnce() {
    Purser purser = purser("1").build();
    EmbeddingModel model = embeddings(purser, "text-embedding-3-small");
    for (int i = 0; i < 4; i++) {
      enqueue(vectors(1), EMBEDDED);
    }

    model.embed("a purser");
    model.embed(TextSegment.from("a purser"));
    model.embedAll(List.of(TextSegment.from("a purser")));
    model.embed(EmbeddingRequest.builder().input("a purser").build());
    assertThat(model.embedAll(List.of()).content()).isEmpty();

    assertThat(model.modelName()).isEqualTo("text-embedding-3-small");
    assertThat(server.getRequestCount()).isEqualTo(4);
    assertBilledIsSettled(purser);
    assertThat(records).hasSize(4).allSatisfy(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
      assertThat(record.api()).isEqualTo("langchain4j.embeddings");
    });
  }

  @Test
  void aDimensionThatIsAskedOfTheProviderIsNotFree() {
    Purser purser = purser("1").build();
    EmbeddingModel model = embeddings(purser, "somebodys-embedding");
    server.enqueue(vectors(1));

    assertThat(model.dimension()).isEqualTo(3);
    assertThat(model.dimension()).isEqualTo(3);

    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(all(purser).held()).isZero();
    assertThat(all(purser).spent()).isPositive();
    purser.close();
    assertThat(records).extracting(SpendRecord::outcome).containsExactly(Outcome.ESTIMATED);
  }

  @Test
  void aBatchThatFailsAfterOthersIsNotTakenForUnbilled() {
    Purser purser = purser("1").build();
    EmbeddingModel model = BudgetedEmbeddingModel.wrap(
        OpenAiEmbeddingModel.builder()
            .baseUrl(server.url("/v1").toString())
            .apiKey("sk-loopback")
            .modelName("text-embedding-3-small")
            .maxSegmentsPerBatch(100)
            .maxRetries(0)
            .build(),
        purser);
    server.enqueue(vectors(100));
    server.enqueue(status(429));

    assertThatThrownBy(() -> model.embedAll(Collections.nCopies(200, TextSegment.from("a purser"))))
        .isInstanceOf(RateLimitException.class);

    assertThat(all(purser).held()).isZero();
    assertThat(all(purser).spent()).isPositive();
    purser.close();
  }

  @Test
  void anEmbeddingThatNoBudgetCarriesIsNotSent() {
    Purser purser = purser("0.00001").build();
    EmbeddingModel model = embeddings(purser, "text-embedding-3-small");

    assertThatThrownBy(() -> model.embed("a purser ".repeat(500)))
        .isInstanceOf(BudgetExceededException.class);

    assertThat(server.getRequestCount()).isZero();
    purser.close();
  }

  @Test
  void picturesAreChargedByThePicture() {
    Purser purser = purser("1").build();
    ImageModel model = BudgetedImageModel.wrap(
        OpenAiImageModel.builder()
            .baseUrl(server.url("/v1").toString())
            .apiKey("sk-loopback")
            .modelName("dall-e-3")
            .build(),
        purser,
        ModelId.of("openai", "dall-e-3"));
    enqueue(
        Bodies.json("{\"created\":1,\"data\":[{\"url\":\"http://127.0.0.1/p.png\"}]}"), PICTURE);
    enqueue(
        Bodies.json("{\"created\":1,\"data\":[{\"url\":\"http://127.0.0.1/p.png\"},"
            + "{\"url\":\"http://127.0.0.1/q.png\"}]}"),
        2 * PICTURE);
    enqueue(
        Bodies.json("{\"created\":1,\"data\":[{\"url\":\"http://127.0.0.1/p.png\"}]}"), PICTURE);

    model.generate("a purser");
    model.generate("a purser", 2);
    Image image = Image.builder().base64Data("AAAA").mimeType("image/png").build();
    model.edit(image, "with a hat");

    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::api).containsOnly("langchain4j.images");
  }

  @Test
  void openAisModerationIsFreeAndPassesABudgetThatCarriesNothing() {
    Purser purser = purser("0.000000001").build();
    ModerationModel model = BudgetedModerationModel.wrap(
        OpenAiModerationModel.builder()
            .baseUrl(server.url("/v1").toString())
            .apiKey("sk-loopback")
            .modelName("omni-moderation-latest")
            .build(),
        purser);
    String answer = "{\"id\":\"m\",\"model\":\"omni-moderation\",\"results\":[{\"flagged\":true,"
        + "\"categories\":{},\"category_scores\":{}}]}";
    enqueue(Bodies.json(answer), 0);
    enqueue(Bodies.json(answer), 0);

    assertThat(model.moderate("a purser").content().flagged()).isTrue();
    assertThat(model.moderate(UserMessage.from("a purser")).content().flagged()).isTrue();

    purser.close();
    assertThat(records)
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.costNanoUsd()).isZero());
  }
}

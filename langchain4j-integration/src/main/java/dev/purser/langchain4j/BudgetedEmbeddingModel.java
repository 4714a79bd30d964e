package dev.purser.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model whose calls stay inside the budgets. One that no budget can carry is not made, and
 * throws {@link BudgetExceededException}, or {@link CallDeniedException} if its key or a freeze stands
 * against it.
 *
 * <p>Texts that the wrapped model sends in several requests are one call here; if one of those requests
 * fails, all are charged, because the others may have been billed. The first {@link #dimension()} is
 * charged as what it may cost: some models embed a word to learn it.
 *
 * <p>Safe for use by several threads, as far as the wrapped model is.
 */
public final class BudgetedEmbeddingModel implements EmbeddingModel {

  private static final String API = "langchain4j.embeddings";

  /** What LangChain4j calls a model that does not say its name. */
  private static final String UNKNOWN = "unknown";

  /** So many texts fit one request of every model of LangChain4j's that states how many do. */
  private static final int ONE_REQUEST = 96;

  private final EmbeddingModel model;
  private final PlainCalls calls;
  private volatile int dimension;

  private BudgetedEmbeddingModel(EmbeddingModel model, BudgetGuard guard, CallOptions options) {
    this.model = Objects.requireNonNull(model, "model");
    calls = new PlainCalls(Objects.requireNonNull(guard, "guard"), options, API);
  }

  /** Wraps a model. */
  public static BudgetedEmbeddingModel wrap(EmbeddingModel model, BudgetGuard guard) {
    return wrap(model, guard, CallOptions.DEFAULT);
  }

  /** Wraps a model, with options. */
  public static BudgetedEmbeddingModel wrap(
      EmbeddingModel model, BudgetGuard guard, CallOptions options) {
    return new BudgetedEmbeddingModel(model, guard, Objects.requireNonNull(options, "options"));
  }

  @Override
  public EmbeddingResponse embed(EmbeddingRequest request) {
    return embed(request, () -> model.embed(request));
  }

  @Override
  public EmbeddingResponse doEmbed(EmbeddingRequest request) {
    return embed(request, () -> model.doEmbed(request));
  }

  private EmbeddingResponse embed(EmbeddingRequest request, Supplier<EmbeddingResponse> sending) {
    Prompt.Builder prompt = Prompt.builder();
    request
        .inputs()
        .forEach(input -> input.contents().forEach(content -> Pieces.add(content, prompt)));
    ModelId called = model(request.modelName());
    return calls.read(
        called,
        prompt.build(),
        request.inputs().size() > ONE_REQUEST,
        sending,
        (call, answer) -> PlainCalls.charge(
            call,
            Usages.ofReading(answer.metadata().tokenUsage()),
            ChatAnswer.answeredBy(called, answer.metadata().modelName())));
  }

  @Override
  public Response<Embedding> embed(String text) {
    return embed(List.of(text), () -> model.embed(text));
  }

  @Override
  public Response<Embedding> embed(TextSegment textSegment) {
    return embed(List.of(textSegment.text()), () -> model.embed(textSegment));
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> textSegments) {
    if (textSegments == null || textSegments.isEmpty()) {
      return model.embedAll(textSegments); // which asks nobody
    }
    return embed(
        textSegments.stream().map(TextSegment::text).toList(), () -> model.embedAll(textSegments));
  }

  private <T> Response<T> embed(List<String> texts, Supplier<Response<T>> sending) {
    Prompt.Builder prompt = Prompt.builder();
    texts.forEach(prompt::text);
    return calls.read(
        model(null),
        prompt.build(),
        texts.size() > ONE_REQUEST,
        sending,
        (call, answer) -> PlainCalls.charge(call, Usages.ofReading(answer.tokenUsage()), null));
  }

  private ModelId model(@Nullable String stated) {
    String name = stated;
    EmbeddingRequestParameters own = model.defaultRequestParameters();
    if (name == null && own != null) {
      name = own.modelName();
    }
    if (name == null && !UNKNOWN.equals(model.modelName())) {
      name = model.modelName();
    }
    return Providers.model(calls.options().provider(), model.provider(), name);
  }

  @Override
  public int dimension() {
    int known = dimension;
    if (known == 0) {
      known = calls.read(
          model(null),
          Prompt.ofText("test"),
          false,
          model::dimension,
          (call, answer) -> PlainCalls.charge(call, null, null));
      dimension = known;
    }
    return known;
  }

  @Override
  public String modelName() {
    return model.modelName();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public List<EmbeddingModelListener> listeners() {
    return model.listeners();
  }

  @Override
  public EmbeddingRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public Set<EmbeddingParameter<?>> supportedParameters() {
    return model.supportedParameters();
  }

  @Override
  public Set<ContentType> supportedContentTypes() {
    return model.supportedContentTypes();
  }
}

package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.moderation.ModerationRequest;
import dev.langchain4j.model.moderation.ModerationResponse;
import dev.langchain4j.model.moderation.listener.ModerationModelListener;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A model that judges texts, whose calls stay inside the budgets. They are charged for what was
 * read, by its bound, because answers tell no tokens; OpenAI's cost nothing. Throws {@link BudgetExceededException} and {@link CallDeniedException}
 * instead of making a call that may not be made.
 *
 * <p>Safe for use by several threads, as far as the wrapped model is.
 */
public final class BudgetedModerationModel implements ModerationModel {

  private static final String API = "langchain4j.moderations";

  /** What LangChain4j calls a model that does not say its name. */
  private static final String UNKNOWN = "unknown";

  private final ModerationModel model;
  private final PlainCalls calls;

  private BudgetedModerationModel(ModerationModel model, BudgetGuard guard, CallOptions options) {
    this.model = Objects.requireNonNull(model, "model");
    calls = new PlainCalls(Objects.requireNonNull(guard, "guard"), options, API);
  }

  /** Wraps a model. */
  public static BudgetedModerationModel wrap(ModerationModel model, BudgetGuard guard) {
    return wrap(model, guard, CallOptions.DEFAULT);
  }

  /** Wraps a model, with options. */
  public static BudgetedModerationModel wrap(
      ModerationModel model, BudgetGuard guard, CallOptions options) {
    return new BudgetedModerationModel(model, guard, Objects.requireNonNull(options, "options"));
  }

  @Override
  public ModerationResponse moderate(ModerationRequest request) {
    return make(request, () -> model.moderate(request));
  }

  @Override
  public ModerationResponse doModerate(ModerationRequest request) {
    return make(request, () -> model.doModerate(request));
  }

  private ModerationResponse make(ModerationRequest request, Supplier<ModerationResponse> sending) {
    String stated = request.modelName() == null ? model.modelName() : request.modelName();
    String name = UNKNOWN.equals(stated) ? "" : stated;
    ModelId called = Providers.model(calls.options().provider(), model.provider(), name);
    Prompt.Builder prompt = Prompt.builder();
    request.texts().forEach(prompt::text);
    return calls.read(
        called,
        prompt.build(),
        false,
        sending,
        (call, answer) -> PlainCalls.charge(call, null, null));
  }

  @Override
  public List<ModerationModelListener> listeners() {
    return model.listeners();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public String modelName() {
    return model.modelName();
  }
}

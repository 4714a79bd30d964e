package dev.purser.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.AbandonReason;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model that makes pictures, whose calls stay inside the budgets. One that no budget can carry is not
 * made, and throws {@link BudgetExceededException}, or {@link CallDeniedException} if its key or a freeze
 * stands against it.
 *
 * <p>LangChain4j's models of pictures do not say what they are called, so whoever wraps one does. Those
 * that are billed by tokens, OpenAI's {@code gpt-image}, are charged at their bound where the answer tells
 * no tokens; the others by the picture.
 *
 * <p>Safe for use by several threads, as far as the wrapped model is.
 */
public final class BudgetedImageModel implements ImageModel {

  private static final String API = "langchain4j.images";

  private final ImageModel model;
  private final ModelId name;
  private final PlainCalls calls;

  private BudgetedImageModel(
      ImageModel model, BudgetGuard guard, ModelId name, CallOptions options) {
    this.model = Objects.requireNonNull(model, "model");
    this.name = Objects.requireNonNull(name, "name");
    calls = new PlainCalls(Objects.requireNonNull(guard, "guard"), options, API);
  }

  /**
   * Wraps a model.
   *
   * @param name the provider's and the model's, as price tables have them
   */
  public static BudgetedImageModel wrap(ImageModel model, BudgetGuard guard, ModelId name) {
    return wrap(model, guard, name, CallOptions.DEFAULT);
  }

  /**
   * Wraps a model, with options; they need name no provider.
   *
   * @param name the provider's and the model's, as price tables have them
   */
  public static BudgetedImageModel wrap(
      ImageModel model, BudgetGuard guard, ModelId name, CallOptions options) {
    return new BudgetedImageModel(model, guard, name, Objects.requireNonNull(options, "options"));
  }

  @Override
  public Response<Image> generate(String prompt) {
    return make(prompt, List.of(), 1, () -> model.generate(prompt));
  }

  @Override
  public Response<List<Image>> generate(String prompt, int n) {
    return make(prompt, List.of(), n, () -> model.generate(prompt, n));
  }

  @Override
  public Response<Image> edit(Image image, String prompt) {
    return make(prompt, List.of(image), 1, () -> model.edit(image, prompt));
  }

  @Override
  public Response<Image> edit(Image image, Image mask, String prompt) {
    return make(prompt, List.of(image, mask), 1, () -> model.edit(image, mask, prompt));
  }

  private <T> Response<T> make(
      String text, List<Image> images, int count, Supplier<Response<T>> sending) {
    Prompt.Builder prompt = Prompt.builder().text(text);
    images.forEach(image -> prompt.media(Pieces.image(image, "")));
    int pictures = Math.max(1, count);
    if (!billedByTokens()) {
      prompt.fees(UsageKind.PICTURE, pictures);
    }
    return calls.draw(
        name,
        prompt.build(),
        pictures,
        sending,
        (call, answer) -> charge(call, answer.tokenUsage(), pictures, !images.isEmpty()));
  }

  private boolean billedByTokens() {
    return name.name().toLowerCase(Locale.ROOT).contains("gpt-image");
  }

  private void charge(HeldCall call, @Nullable TokenUsage stated, int pictures, boolean edited) {
    if (stated != null && Usages.states(stated)) {
      // Of the input of a change, most is the picture; it is dearer than text.
      UsageKind input = edited ? UsageKind.INPUT_IMAGE : UsageKind.INPUT;
      call.settle(Settlement.of(Usage.builder()
          .add(input, stated.inputTokenCount())
          .add(UsageKind.OUTPUT_IMAGE, stated.outputTokenCount())
          .build()));
    } else if (billedByTokens()) {
      call.abandon(AbandonReason.NO_USAGE, null);
    } else {
      call.settle(Settlement.of(Usage.builder().add(UsageKind.PICTURE, pictures).build()));
    }
  }
}

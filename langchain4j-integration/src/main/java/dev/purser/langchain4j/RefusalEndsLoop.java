package dev.purser.langchain4j;

import dev.langchain4j.service.tool.ToolErrorContext;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionErrorHandler;
import dev.purser.api.CallRefusedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends the loop of an AI service when a call is refused inside one of its tools. Without it LangChain4j
 * shows the refusal to the model as the tool's answer, and goes on:
 *
 * <pre>{@code
 * AiServices.builder(Assistant.class)
 *     .chatModel(BudgetedChatModel.wrap(model, purser))
 *     .tools(new Researcher(cheapModel))
 *     .toolExecutionErrorHandler(new RefusalEndsLoop())
 * }</pre>
 *
 * <p>Every other error of a tool goes to another handler, or as its message to the model, as LangChain4j
 * does by default. Safe for use by several threads.
 */
public final class RefusalEndsLoop implements ToolExecutionErrorHandler {

  private static final int DEEPEST = 16;

  private final ToolExecutionErrorHandler others;

  /** Has other errors shown to the model. */
  public RefusalEndsLoop() {
    this((error, context) -> ToolErrorHandlerResult.text(message(error)));
  }

  /** Gives other errors to this handler. */
  public RefusalEndsLoop(ToolExecutionErrorHandler others) {
    this.others = Objects.requireNonNull(others, "others");
  }

  /**
   * Handles an error of a tool.
   *
   * @throws CallRefusedException if that is what the tool failed with, whatever it was wrapped in
   */
  @Override
  public ToolErrorHandlerResult handle(Throwable error, ToolErrorContext context) {
    Throwable each = error;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      if (each instanceof CallRefusedException refused) {
        throw refused;
      }
      each = each.getCause();
    }
    return others.handle(error, context);
  }

  private static String message(@Nullable Throwable error) {
    if (error == null) {
      return "unknown error";
    }
    String message = error.getMessage();
    return message == null || message.isBlank() ? error.getClass().getName() : message;
  }
}

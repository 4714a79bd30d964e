package dev.purser.junit;

import dev.purser.api.Budget;
import dev.purser.api.Ceiling;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Puts classes and tests under their {@link SpendCeiling}. What stands under which ceiling is decided by
 * the tree of tests, and not by what a pooled thread inherited, so that parallel tests do not see each
 * other.
 */
final class SpendCeilingExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        InvocationInterceptor,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SpendCeilingExtension.class);

  /** Finds the innermost ceiling: of a test, or of a class around it. */
  private static final String CEILING = "ceiling";

  /** Finds the calls of a class that belong to no test: of its lifecycle methods. */
  private static final String LIFECYCLE = "lifecycle";

  private static final String BINDING = "binding";
  private static final String TOLD = "told";

  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    Optional<SpendCeiling> limits = AnnotationSupport.findAnnotation(type, SpendCeiling.class);
    limits.ifPresent(each -> start(context, CEILING, CeilingBudgets.of(each, Names.of(type))));
    bind(context, start(context, LIFECYCLE, List.of()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    unbind(context);
    Ceiling lifecycle = end(context, LIFECYCLE);
    Ceiling own = end(context, CEILING);
    Overrun overrun = lifecycle == null ? null : Overrun.by(lifecycle);
    if (overrun == null && own != null) {
      overrun = Overrun.byBills(own);
    }
    tell(context, overrun, null);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    List<Budget> limits = AnnotationSupport.findAnnotation(method, SpendCeiling.class)
        .map(each -> CeilingBudgets.of(each, Names.of(method)))
        .orElse(List.of());
    Ceiling ceiling = start(context, CEILING, limits);
    TestCosts.measure(context.getUniqueId(), ceiling);
    bind(context, ceiling);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    unbind(context);
    Ceiling ceiling = end(context, CEILING);
    if (ceiling != null) {
      Spending spending = Spending.of(ceiling);
      if (!spending.isNothing()) {
        context.publishReportEntry(spending.entries());
      }
      tell(context, Overrun.by(ceiling), null);
    }
  }

  /** A refusal is often what a test fails with; what it would have cost says more. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tellInstead(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tellInstead(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tellInstead(context, failure);
  }

  private static void tellInstead(ExtensionContext context, Throwable failure) throws Throwable {
    Ceiling ceiling = context.getStore(NAMESPACE).get(CEILING, Ceiling.class);
    tell(context, ceiling == null ? null : Overrun.by(ceiling), failure);
    throw failure;
  }

  /** Fails what runs, once. */
  private static void tell(
      ExtensionContext context, @Nullable Overrun overrun, @Nullable Throwable failure) {
    if (overrun != null && context.getStore(NAMESPACE).get(TOLD + context.getUniqueId()) == null) {
      context.getStore(NAMESPACE).put(TOLD + context.getUniqueId(), true);
      throw new SpendCeilingExceededError(overrun, failure);
    }
  }

  /**
   * A dynamic test is inside of the method that made it. The listener of the suite, which takes it for a
   * test, has put its thread under no ceiling.
   */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    Ceiling own = Ceiling.start(around(context), List.of());
    TestCosts.measure(context.getUniqueId(), own);
    Ceiling.Binding binding = own.bind();
    Throwable failure = null;
    try {
      Void unused = invocation.proceed();
    } catch (Throwable e) {
      failure = e;
    } finally {
      binding.close();
      own.close();
    }
    Overrun overrun = Overrun.by(own);
    if (overrun != null) {
      context
          .getParent()
          .ifPresent(maker -> maker.getStore(NAMESPACE).put(TOLD + maker.getUniqueId(), true));
      throw new SpendCeilingExceededError(overrun, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Ceiling.class && around(context) != null;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Objects.requireNonNull(around(context));
  }

  private static Ceiling start(ExtensionContext context, String key, List<Budget> limits) {
    Ceiling around = around(context);
    Ceiling ceiling = Ceiling.start(around == null ? Ceiling.ofThisThread() : around, limits);
    context.getStore(NAMESPACE).put(key, ceiling);
    return ceiling;
  }

  private static @Nullable Ceiling around(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(CEILING, Ceiling.class);
  }

  /** Closes what was started here; null if that was further out, or never was. */
  private static @Nullable Ceiling end(ExtensionContext context, String key) {
    Ceiling ceiling = context.getStore(NAMESPACE).remove(key, Ceiling.class);
    if (ceiling != null) {
      ceiling.close();
    }
    return ceiling;
  }

  private static void bind(ExtensionContext context, Ceiling ceiling) {
    context.getStore(NAMESPACE).put(BINDING, ceiling.bind());
  }

  private static void unbind(ExtensionContext context) {
    Ceiling.Binding binding = context.getStore(NAMESPACE).remove(BINDING, Ceiling.Binding.class);
    if (binding != null) {
      binding.close();
    }
  }
}

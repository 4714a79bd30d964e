package dev.purser.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the model calls of a test may cost: of each run of a method, or of all tests of a class together.
 * A method's ceiling counts inside its class's, and a nested class's inside that of the class around it.
 *
 * <pre>{@code
 * @SpendCeiling("0.25")                  // USD, for this test class or method
 * class SummarizerTest { ... }
 * }</pre>
 *
 * <p>Every call counts that goes through a guard of this process, on the test's thread, on a thread that it
 * starts, or on one that is handed work by {@link dev.purser.api.CallContext}. A call that does not fit is
 * refused and never leaves; the test then fails with a {@link SpendCeilingExceededError}, also if it
 * swallowed the refusal. A test method may take the {@link dev.purser.api.Ceiling} as a parameter, to look
 * at what was spent.
 *
 * @see SpendAssertions
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(SpendCeilingExtension.class)
public @interface SpendCeiling {

  /** The most money, in US dollars, such as {@code 0.25}; empty for no limit on money. */
  String value() default "";

  /** The most tokens, read and written; negative for no limit. */
  long tokens() default -1;

  /** The most calls; negative for no limit. */
  long requests() default -1;
}

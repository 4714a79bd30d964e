/**
 * What must never be seen: an admission or ending <em>inside a change</em> of budgets, and a call that
 * <em>starts after a freeze returned</em>.
 */
@NullMarked
package dev.purser.core.pipeline;

import org.jspecify.annotations.NullMarked;

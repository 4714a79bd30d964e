/**
 * Budgets for calls that leave through OkHttp: {@link dev.purser.okhttp.BudgetInterceptor}, and the
 * headers that carry an attribution where neither a tag nor a thread's scope can.
 */
@NullMarked
package dev.purser.okhttp;

import org.jspecify.annotations.NullMarked;

/**
 * Budgets for calls of the official Anthropic Java SDK: {@link
 * dev.purser.anthropic.AnthropicBudgetInterceptor}.
 */
@NullMarked
package dev.purser.anthropic;

import org.jspecify.annotations.NullMarked;

/**
 * LangChain4j models whose calls stay inside the budgets: wrap a model, and every call of it is admitted
 * before it leaves and charged when it has been answered.
 */
@NullMarked
package dev.purser.langchain4j;

import org.jspecify.annotations.NullMarked;

/** Keeps the calls of an OkHttp client inside the budgets. */
@NullMarked
package dev.purser.okhttp;

import org.jspecify.annotations.NullMarked;

/**
 * A {@link java.net.http.HttpClient} whose model calls stay inside the budgets: wrap yours, and every call
 * through it is admitted before it leaves and charged when it has been answered.
 */
@NullMarked
package dev.purser.jdkhttp;

import org.jspecify.annotations.NullMarked;

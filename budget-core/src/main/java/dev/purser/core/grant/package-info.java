/** What was granted on top of the budgets' limits, and until when. */
@NullMarked
package dev.purser.core.grant;

import org.jspecify.annotations.NullMarked;

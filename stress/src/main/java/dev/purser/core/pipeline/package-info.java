/** What must never be seen of the gate: an admission or ending <em>inside a change</em> of budgets. */
@NullMarked
package dev.purser.core.pipeline;

import org.jspecify.annotations.NullMarked;

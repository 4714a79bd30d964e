/**
 * What must never be seen of calls that wait: a <em>lost wake-up</em>, so a call that goes on waiting
 * while what it waits for is there. Where a call really waits, the bad outcome is that its time was up.
 */
@NullMarked
package dev.purser.core.waiting;

import org.jspecify.annotations.NullMarked;

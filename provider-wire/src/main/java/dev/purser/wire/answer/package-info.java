/**
 * What answers say about their cost, and what can be seen of it. Not exported.
 */
@NullMarked
package dev.purser.wire.answer;

import org.jspecify.annotations.NullMarked;

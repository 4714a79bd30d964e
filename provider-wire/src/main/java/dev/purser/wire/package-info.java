/**
 * How providers speak: recognise a request, read its size and cap, edit it byte-exactly, and meter
 * the answer as it streams past. Knows nothing of budgets and prices.
 */
@NullMarked
package dev.purser.wire;

import org.jspecify.annotations.NullMarked;

/**
 * What must never be seen of accounts in memory, however two threads interleave: <em>overspent</em>
 * (more admitted than the limit leaves), <em>false EXHAUSTED</em> (said where charges alone would have
 * left room), <em>settled twice</em>, <em>lost money</em> (a charge that is counted nowhere, or an amount
 * that counts although it was given back) and <em>stuck hold</em> (still held when every call has ended).
 *
 * <p>Classes whose name ends in {@code Model} are the mechanism with one thing left out. Their bad
 * outcome is interesting, not forbidden: it shows that the test next to them would see the bug.
 *
 * <p>The package is that of the classes under test, most of which it alone can see.
 */
@NullMarked
package dev.purser.core.ledger;

import org.jspecify.annotations.NullMarked;

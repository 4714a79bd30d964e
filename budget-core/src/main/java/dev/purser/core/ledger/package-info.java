/** Accounts in memory. No I/O, no logging, no lock; time is an argument. */
@NullMarked
package dev.purser.core.ledger;

import org.jspecify.annotations.NullMarked;

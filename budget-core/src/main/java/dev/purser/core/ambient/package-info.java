/** Ceilings around the caller's code, counted beside the accounts of a ledger. */
@NullMarked
package dev.purser.core.ambient;

import org.jspecify.annotations.NullMarked;

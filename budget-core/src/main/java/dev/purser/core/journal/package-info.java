/** What happened, kept in a folder, so that a restart forgets nothing ({@code ledger.md}, "Journal order"). */
@NullMarked
package dev.purser.core.journal;

import org.jspecify.annotations.NullMarked;

package dev.purser.core.pipeline;

import dev.purser.core.budget.BudgetBook;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** What all calls of a guard end with. */
record Returning(
    InstantSource clock,
    LongSupplier nanoTime,
    RevisionGate gate,
    BudgetBook budgets,
    OpenCalls openCalls,
    AbandonedCalls abandoned,
    Bills bills,
    Recorder recorder,
    Notices notices) {}

package dev.purser.core.pipeline;

import dev.purser.core.budget.BudgetBook;
import java.time.InstantSource;

/** What all calls of a guard end with. */
record Returning(
    InstantSource clock,
    RevisionGate gate,
    BudgetBook budgets,
    OpenCalls openCalls,
    AbandonedCalls abandoned,
    Bills bills,
    Recorder recorder,
    Notices notices) {}

package dev.purser.core.pipeline;

import dev.purser.core.budget.BudgetBook;

/** What all calls of a guard end with. */
record Returning(
    RevisionGate gate,
    BudgetBook budgets,
    OpenCalls openCalls,
    Recorder recorder,
    Notices notices) {}

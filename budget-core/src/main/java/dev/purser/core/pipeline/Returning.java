package dev.purser.core.pipeline;

import dev.purser.core.alert.CapWatch;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.content.ContentRules;
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
    ContentRules content,
    CapWatch caps,
    Recorder recorder,
    Notices notices) {}

package dev.purser.jdkhttp;

import dev.purser.api.BudgetGuard;
import dev.purser.http.CallGate;
import dev.purser.http.Intents;
import dev.purser.http.KeySwap;
import dev.purser.http.Refusals;
import dev.purser.http.Upstreams;

/** What all calls of a client share. Each is safe for use by several threads. */
record Parts(
    BudgetGuard guard,
    CallGate gate,
    KeySwap swap,
    Refusals refusals,
    Intents intents,
    Upstreams upstreams) {}

package dev.purser.core.pipeline;

import dev.purser.api.AlertRules;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.Owners;
import dev.purser.core.alert.Watch;

/**
 * What tells people.
 *
 * @param rules when they are told
 * @param owners who they are
 * @param book what was told
 * @param desk where rules leave what they saw
 * @param watch the rules that look at what ended
 */
public record Alerting(
    AlertRules rules, Owners owners, AlertBook book, AlertDesk desk, Watch watch) {}

/**
 * The command line: makes, revokes and lists the virtual keys of a configuration file, and adds up
 * records under its budgets. Nobody else knows it.
 */
@NullMarked
package dev.purser.core.cli;

import org.jspecify.annotations.NullMarked;

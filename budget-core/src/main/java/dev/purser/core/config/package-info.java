/**
 * What a guard is configured with, be it by its builder or by a YAML file: one model, one check that
 * finds every problem at once.
 */
@NullMarked
package dev.purser.core.config;

import org.jspecify.annotations.NullMarked;

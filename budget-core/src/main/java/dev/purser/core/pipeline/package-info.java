/** The way of a call through the stages. */
@NullMarked
package dev.purser.core.pipeline;

import org.jspecify.annotations.NullMarked;

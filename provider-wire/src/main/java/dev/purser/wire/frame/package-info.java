/**
 * How answers are framed: JSON, lines of JSON, arrays, server-sent events and event streams, read as they
 * pass and compressed or not. Not exported.
 */
@NullMarked
package dev.purser.wire.frame;

import org.jspecify.annotations.NullMarked;

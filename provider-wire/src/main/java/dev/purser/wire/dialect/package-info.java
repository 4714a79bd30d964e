/**
 * The APIs of the providers, one class each, and their registry. Only the registry is public.
 */
@NullMarked
package dev.purser.wire.dialect;

import org.jspecify.annotations.NullMarked;

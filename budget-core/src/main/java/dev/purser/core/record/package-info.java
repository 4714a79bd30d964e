/** How what happened is written, a JSON object a line, and read again; {@code docs/records.md}. */
@NullMarked
package dev.purser.core.record;

import org.jspecify.annotations.NullMarked;

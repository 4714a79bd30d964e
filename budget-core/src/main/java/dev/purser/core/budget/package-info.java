/** Which accounts a call draws on. */
@NullMarked
package dev.purser.core.budget;

import org.jspecify.annotations.NullMarked;

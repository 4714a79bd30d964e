/** Rules that tell somebody before the money is gone, and what they remember. */
@NullMarked
package dev.purser.core.alert;

import org.jspecify.annotations.NullMarked;

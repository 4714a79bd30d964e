/** What models cost: the bundled table and exact integer arithmetic. */
@NullMarked
package dev.purser.core.price;

import org.jspecify.annotations.NullMarked;

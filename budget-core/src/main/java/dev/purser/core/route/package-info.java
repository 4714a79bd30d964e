/** Chooses the model that answers. */
@NullMarked
package dev.purser.core.route;

import org.jspecify.annotations.NullMarked;

/** Virtual keys: which there are, and whether a credential opens one. */
@NullMarked
package dev.purser.core.key;

import org.jspecify.annotations.NullMarked;

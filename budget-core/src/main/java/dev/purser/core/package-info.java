/** The guard and its builder: the one package of this module that applications use. */
@NullMarked
package dev.purser.core;

import org.jspecify.annotations.NullMarked;

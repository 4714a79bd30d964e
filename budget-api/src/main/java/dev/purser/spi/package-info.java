/**
 * Plug-in points: where prices, estimates, routes and accounts come from, and where records and
 * alerts go. Applications that only use Purser need nothing from here.
 */
@NullMarked
package dev.purser.spi;

import org.jspecify.annotations.NullMarked;

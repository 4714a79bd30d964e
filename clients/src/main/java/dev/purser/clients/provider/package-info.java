/** A provider on loopback that speaks three APIs and bills for itself. */
@NullMarked
package dev.purser.clients.provider;

import org.jspecify.annotations.NullMarked;

/**
 * Who answers at a host. Not exported.
 */
@NullMarked
package dev.purser.wire.host;

import org.jspecify.annotations.NullMarked;

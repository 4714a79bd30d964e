/** One suite of scenarios for every Java client that people call models with. Not published. */
@NullMarked
package dev.purser.clients;

import org.jspecify.annotations.NullMarked;

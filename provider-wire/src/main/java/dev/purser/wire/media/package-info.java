/**
 * Pictures and files as they are put into prompts: as much of them as their price depends on. Not
 * exported.
 */
@NullMarked
package dev.purser.wire.media;

import org.jspecify.annotations.NullMarked;

/** What using Purser looks like. Everything here is compiled and run by the build. */
@NullMarked
package dev.purser.samples;

import org.jspecify.annotations.NullMarked;

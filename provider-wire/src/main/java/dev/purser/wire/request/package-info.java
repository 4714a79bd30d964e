/**
 * What requests ask for, and how they are changed byte-exactly. Not exported.
 */
@NullMarked
package dev.purser.wire.request;

import org.jspecify.annotations.NullMarked;

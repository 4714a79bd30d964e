/**
 * JSON as it lies in its bytes: where the fields of an object begin and end, so that one can be read
 * or replaced while every other byte stays as it was. Not exported.
 */
@NullMarked
package dev.purser.wire.json;

import org.jspecify.annotations.NullMarked;

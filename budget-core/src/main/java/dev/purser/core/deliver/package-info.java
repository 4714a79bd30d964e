/** Ways by which alerts reach people over HTTP. */
@NullMarked
package dev.purser.core.deliver;

import org.jspecify.annotations.NullMarked;

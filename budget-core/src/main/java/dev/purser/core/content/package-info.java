/** What of prompts and answers is recorded, where somebody asked for it. */
@NullMarked
package dev.purser.core.content;

import org.jspecify.annotations.NullMarked;

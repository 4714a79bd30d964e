/**
 * What adapters of HTTP clients share: who a request is for, whether it may leave and with which
 * credential, what its body must say, how its answer is metered and its reservation ended exactly once,
 * and what a caller gets instead of an answer. An adapter shows its requests as {@link
 * dev.purser.http.CallHead}s and byte arrays, and does the sending.
 */
@NullMarked
package dev.purser.http;

import org.jspecify.annotations.NullMarked;

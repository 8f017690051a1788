/// Refusals in one form (RFC 9457) with a stable code. In: a [Refusal], or a request that Spring could not read. Out:
/// `application/problem+json` that says what, why and what to do.
@NullMarked
package io.streamsync.problems;

import org.jspecify.annotations.NullMarked;

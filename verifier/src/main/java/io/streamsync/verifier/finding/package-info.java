/// What does not fit. In: what a check expected and found, and where. Out: sentences with stable codes.
@NullMarked
package io.streamsync.verifier.finding;

import org.jspecify.annotations.NullMarked;

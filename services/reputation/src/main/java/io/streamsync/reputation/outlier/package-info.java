/// Decides whose answers differ too often. In: answers compared in races. Out: flags, opened and closed by the rule of
/// the protocol.
@NullMarked
package io.streamsync.reputation.outlier;

import org.jspecify.annotations.NullMarked;

/// The closing of each epoch. In: marks and digests of posted frames, stakes. Out: sealed windows, proofs, stakers'
/// shares.
@NullMarked
package io.streamsync.billing.settlement;

import org.jspecify.annotations.NullMarked;

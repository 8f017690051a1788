/// Settlements: Merkle trees over what is published of records, signed headers, proofs, and the sums that follow.
@NullMarked
package io.streamsync.protocol.settlement;

import org.jspecify.annotations.NullMarked;

/// Operators' stakes in the books. In: `StakeChanged`. Out: ledger entries in STRM for deposits, unbondings,
/// withdrawals
/// and slashes, and whether they are all there.
@NullMarked
package io.streamsync.billing.stakes;

import org.jspecify.annotations.NullMarked;

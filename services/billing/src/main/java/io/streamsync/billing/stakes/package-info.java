/// Operators' stakes in the books. In: `StakeChanged`: deposits, unbondings, withdrawals, slashes. Out: ledger entries
/// in
/// STRM, and whether they are all there.
@NullMarked
package io.streamsync.billing.stakes;

import org.jspecify.annotations.NullMarked;

/// Operators' stakes in the books. In: `StakeChanged`. Out: ledger entries in STRM.
@NullMarked
package io.streamsync.billing.stakes;

import org.jspecify.annotations.NullMarked;

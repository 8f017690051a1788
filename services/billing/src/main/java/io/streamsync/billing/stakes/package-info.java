/// Operators' stakes in the books. In: `StakeChanged`. Out: entries in STRM, also of slashes, and whether they are all
/// there.
@NullMarked
package io.streamsync.billing.stakes;

import org.jspecify.annotations.NullMarked;

/// The books: accounts, and append-only entries that sum to zero. In: batches of net entries. Out: balances.
@NullMarked
package io.streamsync.billing.ledger;

import org.jspecify.annotations.NullMarked;

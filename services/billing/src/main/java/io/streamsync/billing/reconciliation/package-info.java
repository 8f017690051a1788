/// Whether the books are what the frames say. In: journals' and Kafka's positions, frames, entries, balances, leases,
/// rollups. Out: checks, each a row, a metric, and an alert when it fails.
@NullMarked
package io.streamsync.billing.reconciliation;

import org.jspecify.annotations.NullMarked;

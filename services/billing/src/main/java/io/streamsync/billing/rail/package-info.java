/// Money out. In: transfers that withdrawals and payouts wish for, and what rails report of them. Out: ledger entries,
/// each transfer carried out once or given back once, whatever crashes and however often a rail reports.
@NullMarked
package io.streamsync.billing.rail;

import org.jspecify.annotations.NullMarked;

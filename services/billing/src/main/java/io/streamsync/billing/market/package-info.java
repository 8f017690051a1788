/// The market as a whole. In: race records, snapshots. Out: what was traded in each minute, and for what it was sold.
@NullMarked
package io.streamsync.billing.market;

import org.jspecify.annotations.NullMarked;

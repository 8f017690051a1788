/// Hourly sums of what was asked, charged, refunded and earned. In: increments per batch. Out: reports.
@NullMarked
package io.streamsync.billing.usage;

import org.jspecify.annotations.NullMarked;

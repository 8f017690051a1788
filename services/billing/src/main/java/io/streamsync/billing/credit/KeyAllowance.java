package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import org.jspecify.annotations.Nullable;

/// What a key may still get of its daily cap. Leases of that day count with all that they got while they are open, and
/// with what was spent from them once they are closed: over all routers never more than the cap.
///
/// @param cap nano-USDC; null for none
/// @param committed leased and not given back
/// @param posted booked as spent
/// @param endsInMillis until the day is over
record KeyAllowance(
        KeyDay keyDay, CustomerId customer, @Nullable Long cap, long committed, long posted, long endsInMillis) {

    /// What leases may still get. Nothing where the cap was lowered below what is out.
    long grantable() {
        return cap == null ? Long.MAX_VALUE : Math.max(0, cap - committed);
    }

    /// What has not been spent, whoever holds it; null for no cap.
    @Nullable
    Long unspent() {
        return cap == null ? null : Math.max(0, cap - posted);
    }

    KeyAllowance commit(long more) {
        return new KeyAllowance(keyDay, customer, cap, Math.addExact(committed, more), posted, endsInMillis);
    }
}

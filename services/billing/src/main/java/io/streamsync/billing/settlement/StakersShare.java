package io.streamsync.billing.settlement;

import io.streamsync.protocol.market.OperatorId;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/// The stakers' share of a window, pro rata to bonded stakes. What the division leaves waits for the next window.
///
/// @param shares nano-USDC, of operators that get any
record StakersShare(Map<OperatorId, Long> shares) {

    static StakersShare of(long nano, Map<OperatorId, Long> stakes) {
        var shares = new TreeMap<OperatorId, Long>((one, other) -> one.value().compareTo(other.value()));
        var all = stakes.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        if (nano > 0 && all.signum() > 0) {
            stakes.forEach((operator, stake) -> {
                var share = BigInteger.valueOf(nano)
                        .multiply(BigInteger.valueOf(stake))
                        .divide(all)
                        .longValueExact();
                if (share > 0) {
                    shares.put(operator, share);
                }
            });
        }
        return new StakersShare(shares);
    }

    long sum() {
        return shares.values().stream().mapToLong(Long::longValue).sum();
    }
}

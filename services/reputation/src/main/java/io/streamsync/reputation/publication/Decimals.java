package io.streamsync.reputation.publication;

import java.math.BigDecimal;

/// Millionths as the plain numbers of the public interface: `0.5`, `1`, `0.000001`.
final class Decimals {

    private Decimals() {}

    static BigDecimal ofMillionths(long millionths) {
        var exact = BigDecimal.valueOf(millionths, 6).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}

package io.streamsync.protocol.money;

import java.math.BigDecimal;

/// An amount of one asset in nano-units: 1 USDC = 1 STRM = 1 000 000 000 nano (protocol, Money).
public record Amount(Asset asset, long nanoUnits) implements Comparable<Amount> {

    public static final long NANO = 1_000_000_000L;

    public static Amount usdc(long nanoUnits) {
        return new Amount(Asset.USDC, nanoUnits);
    }

    public static Amount strm(long nanoUnits) {
        return new Amount(Asset.STRM, nanoUnits);
    }

    /// Reads a plain decimal such as `0.000004`: at most nine decimals, no exponent, no sign but a leading minus.
    ///
    /// @throws IllegalArgumentException with a sentence for the reader when the text is not such an amount
    public static Amount parse(Asset asset, String decimal) {
        if (!decimal.matches("-?\\d{1,10}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(
                    "not an amount: give a plain decimal with at most nine decimals, such as 0.000004");
        }
        try {
            return new Amount(asset, new BigDecimal(decimal).movePointRight(9).longValueExact());
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("not an amount: larger than can be booked", tooLarge);
        }
    }

    public Amount plus(Amount other) {
        return new Amount(same(other), Math.addExact(nanoUnits, other.nanoUnits));
    }

    public Amount minus(Amount other) {
        return new Amount(same(other), Math.subtractExact(nanoUnits, other.nanoUnits));
    }

    public boolean covers(Amount other) {
        return compareTo(other) >= 0;
    }

    public boolean isPositive() {
        return nanoUnits > 0;
    }

    /// The decimal string of the public interfaces, without an exponent or trailing zeros: `0.000004`, `5`, `0`.
    public String decimal() {
        return decimal(nanoUnits);
    }

    /// The decimal string of nano-units of any asset.
    public static String decimal(long nanoUnits) {
        var text = new StringBuilder();
        if (nanoUnits < 0) {
            text.append('-');
        }
        text.append(Math.abs(nanoUnits / NANO));
        var fraction = Math.abs(nanoUnits % NANO);
        if (fraction != 0) {
            text.append('.');
            for (var unit = NANO / 10; fraction != 0; unit /= 10) {
                text.append((char) ('0' + fraction / unit));
                fraction %= unit;
            }
        }
        return text.toString();
    }

    /// The same of sums, which may leave 64 bits.
    public static String decimal(BigDecimal nanoUnits) {
        return nanoUnits.signum() == 0
                ? "0"
                : nanoUnits.movePointLeft(9).stripTrailingZeros().toPlainString();
    }

    @Override
    public int compareTo(Amount other) {
        same(other);
        return Long.compare(nanoUnits, other.nanoUnits);
    }

    private Asset same(Amount other) {
        if (asset != other.asset) {
            throw new IllegalArgumentException(asset + " and " + other.asset + " are never mixed");
        }
        return asset;
    }
}

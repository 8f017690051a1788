package io.streamsync.protocol.money;

/// An asset of the market. Fees and credit are in USDC, stakes in STRM; the two are never converted.
public enum Asset {
    USDC,
    STRM
}

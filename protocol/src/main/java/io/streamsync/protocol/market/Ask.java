package io.streamsync.protocol.market;

/// What an operator asks for a query of a class on one of its nodes (protocol, Ask).
///
/// @param priceNano nano-USDC for one query, at least 1
/// @param guaranteedLatencyMs the latency that the operator promises, 1 to 60 000 ms
/// @param capacity queries in flight, shared among the live routers, at least 1
public record Ask(long priceNano, int guaranteedLatencyMs, int capacity) {

    public Ask {
        if (priceNano < 1) {
            throw new IllegalArgumentException("a price is at least one nano-unit");
        }
        if (guaranteedLatencyMs < 1 || guaranteedLatencyMs > 60_000) {
            throw new IllegalArgumentException("a guaranteed latency is 1 to 60000 ms");
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("a capacity is at least one query in flight");
        }
    }
}

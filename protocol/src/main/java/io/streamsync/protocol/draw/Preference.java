package io.streamsync.protocol.draw;

/// What the customer would rather have, as the exponent gamma of the price factor.
public enum Preference {
    FASTEST(0),
    BALANCED(2),
    CHEAPEST(3);

    private final int gamma;

    Preference(int gamma) {
        this.gamma = gamma;
    }

    public int gamma() {
        return gamma;
    }
}

package io.streamsync.protocol.market;

/// Quality of a node in a class: `0.4*performance + 0.3*accuracy + 0.2*uptime + 0.1*ln(stakeScore)`.
public final class Quality {

    private Quality() {}

    /// @param performance millionths
    /// @param accuracy millionths
    /// @param uptime millionths
    /// @param bondedStake nano-STRM
    /// @param minimumStake nano-STRM
    /// @return millionths
    public static int of(int performance, int accuracy, int uptime, long bondedStake, long minimumStake) {
        throw new UnsupportedOperationException("skeleton");
    }
}

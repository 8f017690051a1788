package io.streamsync.protocol.market;

/// Quality of a node in a class: `0.4*performance + 0.3*accuracy + 0.2*uptime + 0.1*ln(stakeScore)`.
public final class Quality {

    private static final int MILLION = 1_000_000;
    // a raw ln(stake) would let a useless node with a million outweigh a perfect one (protocol, Who is asked, 2)
    private static final double MAX_STAKE_SCORE = 100;

    private Quality() {}

    /// @param performance millionths
    /// @param accuracy millionths
    /// @param uptime millionths
    /// @param bondedStake nano-STRM
    /// @param minimumStake nano-STRM
    /// @return millionths
    public static int of(int performance, int accuracy, int uptime, long bondedStake, long minimumStake) {
        var scores = (4 * score(performance) + 3 * score(accuracy) + 2 * score(uptime)) / 10;
        return scores + (int) (MILLION * StrictMath.log(stakeScore(bondedStake, minimumStake)) / 10);
    }

    private static double stakeScore(long bondedStake, long minimumStake) {
        return Math.clamp((double) bondedStake / minimumStake, 1, MAX_STAKE_SCORE);
    }

    private static int score(int millionths) {
        if (millionths < 0 || millionths > MILLION) {
            throw new IllegalArgumentException("a score is 0 to 1 000 000 millionths, not " + millionths);
        }
        return millionths;
    }
}

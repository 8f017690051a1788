package io.streamsync.benchmarks.node;

/// One operator's node: whose it is and how it behaves, told by `POST /control`.
final class ScriptedNode {

    private static final long MEGABYTE = 1 << 20;

    private final long seed;
    private String operatorId = "";
    private Latency latency = new Latency.Fixed(0);
    private long largeBytes = 0;

    ScriptedNode(long seed) {
        this.seed = seed;
    }

    String operatorId() {
        return operatorId;
    }

    /// Another one for each: nodes of one identity are one operator's.
    String identity() {
        return "Benchmark" + (seed + 1) + "1".repeat(33);
    }

    long nextNanos() {
        return latency.nextNanos();
    }

    /// How long the answer to a question for many accounts is.
    long largeBytes() {
        return largeBytes;
    }

    /// `operator ID`, `large MEGABYTES`, or a latency.
    void control(String wish) {
        if (wish.startsWith("operator ")) {
            operatorId = wish.substring("operator ".length());
        } else if (wish.startsWith("large ")) {
            largeBytes = Long.parseLong(wish.substring("large ".length())) * MEGABYTE;
        } else {
            latency = Latency.parse(wish, seed);
        }
    }
}

package io.streamsync.verifier.check;

/// How often an operator's nodes were drawn, and how often skipped then.
///
/// @param drawn with those that were skipped
record DrawCounts(long drawn, long skipped) {

    static final DrawCounts NONE = new DrawCounts(0, 0);
    static final DrawCounts PLACED = new DrawCounts(1, 0);
    static final DrawCounts SKIPPED = new DrawCounts(1, 1);

    DrawCounts plus(DrawCounts other) {
        return new DrawCounts(drawn + other.drawn, skipped + other.skipped);
    }

    DrawCounts minus(DrawCounts other) {
        return new DrawCounts(drawn - other.drawn, skipped - other.skipped);
    }

    double rate() {
        return drawn == 0 ? 0 : (double) skipped / drawn;
    }
}

package io.streamsync.protocol.comparison;

/// How two values compare, whatever their slots.
enum Likeness {
    SAME,
    /// Honest nodes of different versions or completeness may both say so.
    UNCERTAIN,
    DIFFERENT;

    /// Of a whole whose parts compare so.
    Likeness and(Likeness other) {
        return compareTo(other) >= 0 ? this : other;
    }

    static Likeness of(boolean same) {
        return same ? SAME : DIFFERENT;
    }

    /// Where a difference says nothing.
    Likeness atMostUncertain() {
        return this == SAME ? SAME : UNCERTAIN;
    }
}

package io.streamsync.verifier.publication;

import java.util.Comparator;

/// A router's stream: all records of one incarnation.
public record StreamName(int router, int incarnation) implements Comparable<StreamName> {

    private static final Comparator<StreamName> ORDER =
            Comparator.comparingInt(StreamName::router).thenComparingInt(StreamName::incarnation);

    @Override
    public int compareTo(StreamName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return router + "/" + incarnation;
    }
}

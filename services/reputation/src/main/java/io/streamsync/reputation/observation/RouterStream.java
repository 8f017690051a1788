package io.streamsync.reputation.observation;

import io.streamsync.protocol.record.Frame;
import java.util.Comparator;

/// The records of one start of a router, in their order.
record RouterStream(int router, int incarnation) implements Comparable<RouterStream> {

    private static final Comparator<RouterStream> ORDER =
            Comparator.comparingInt(RouterStream::router).thenComparingInt(RouterStream::incarnation);

    static RouterStream of(Frame frame) {
        return new RouterStream(frame.router(), frame.incarnation());
    }

    /// The order in which they are locked, the same for all instances.
    @Override
    public int compareTo(RouterStream other) {
        return ORDER.compare(this, other);
    }
}

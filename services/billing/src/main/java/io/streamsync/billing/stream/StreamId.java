package io.streamsync.billing.stream;

/// One start of one router, whose records form one gapless stream.
public record StreamId(int router, int incarnation) {

    /// The Kafka key of the stream's frames.
    @Override
    public String toString() {
        return router + "/" + incarnation;
    }
}

package io.streamsync.router.journal;

/// One start of a router: the name of its stream.
///
/// @param router 0 to 65 535
/// @param number 0 to 65 535, new at every start
public record Incarnation(int router, int number) {

    public Incarnation {
        if (router >>> 16 != 0 || number >>> 16 != 0) {
            throw new IllegalArgumentException("router and incarnation are 16 bits each");
        }
    }

    /// The Kafka key of the stream's frames.
    public String key() {
        return router + "/" + number;
    }
}

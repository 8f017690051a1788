package io.streamsync.router.node;

/// Why a node gave no answer.
///
/// @param status the HTTP status of [Kind#STATUS], else 0
/// @param waitSeconds for how long the node wants to be left alone; 0 where it does not say
public record NodeFailure(Kind kind, int status, long waitSeconds) {

    public NodeFailure(Kind kind, int status) {
        this(kind, status, 0);
    }

    public enum Kind {
        /// No connection to any checked address.
        CONNECT,
        /// Silent for longer than a node may be.
        TIMEOUT,
        /// A status other than 200.
        STATUS,
        /// The connection ended before the answer did.
        BROKEN_OFF,
        /// Not HTTP.
        MALFORMED,
        /// More bytes than a router takes.
        TOO_LARGE,
        /// This router holds so many long answers, or so many of this customer's, that it has no memory for one more.
        NO_ROOM,
        /// This router's own bound on connections to one node: no fault of the node's.
        POOL_FULL
    }

    public static NodeFailure of(Kind kind) {
        return new NodeFailure(kind, 0);
    }

    static NodeFailure ofStatus(int status, long waitSeconds) {
        return new NodeFailure(Kind.STATUS, status, waitSeconds);
    }
}

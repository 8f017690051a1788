package io.streamsync.router.pubsub;

/// Why a WebSocket to a node is of no more use.
enum NodeLoss {
    /// It hung up: as good as any other when it is asked again.
    CLOSED(false),
    /// It could not be connected to, or it refused the handshake.
    NOT_REACHED(true),
    SILENT(true),
    NO_ANSWER(true),
    UNREADABLE(true),
    /// It told a slot that the chain cannot have reached.
    IMPLAUSIBLE(true),
    /// It tells less than others do.
    BEHIND(true);

    private final boolean isFault;

    NodeLoss(boolean isFault) {
        this.isFault = isFault;
    }

    /// Whether others had better not ask it for now.
    boolean isFault() {
        return isFault;
    }
}

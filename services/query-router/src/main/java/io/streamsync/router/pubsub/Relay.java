package io.streamsync.router.pubsub;

import io.streamsync.router.pubsub.NodeChoice.Chosen;
import org.jspecify.annotations.Nullable;

/// One node's part in a broadcast.
final class Relay {

    /// A node that asks more than so many times what it was drawn at must be drawn anew, with the chances that it has
    /// now: else it could ask little until it is drawn and anything after.
    private static final int MOST_RISE = 2;

    private final Broadcast broadcast;
    private final long drawnAtNano;
    private Chosen node;
    private @Nullable Conversation conversation;
    private @Nullable Line line;
    private @Nullable Strand strand;
    private long behindSince;
    private boolean behind;
    private boolean ended;

    Relay(Broadcast broadcast, Chosen node) {
        this.broadcast = broadcast;
        this.node = node;
        drawnAtNano = node.askNano();
    }

    void on(Conversation carrying, Line told) {
        conversation = carrying;
        line = told;
    }

    Chosen node() {
        return node;
    }

    boolean isTooDear(Chosen now) {
        return now.askNano() / MOST_RISE > drawnAtNano;
    }

    /// The same node, at its ask of now.
    void asks(Chosen now) {
        node = now;
    }

    @Nullable
    Strand strand() {
        return strand;
    }

    boolean isRunning() {
        return strand != null;
    }

    /// The node serves it now.
    void runs() {
        if (!ended && strand == null) {
            strand = broadcast.begins(this);
        }
    }

    void notified(Notice notice) {
        runs(); // it may come before that was heard of
        if (!ended && strand != null) {
            broadcast.tells(this, strand, notice);
        }
    }

    void refused(byte[] message, int from, int to) {
        if (!ended) {
            ended = true;
            broadcast.refused(this, message, from, to);
        }
    }

    /// @param hopeless whether nodes hang up upon what it wants
    void lost(boolean hopeless) {
        if (!ended) {
            ended = true;
            if (hopeless) {
                broadcast.gaveUp(this);
            } else {
                broadcast.lost(this);
            }
        }
    }

    /// The broadcast needs it no more.
    void end() {
        ended = true;
        if (conversation != null && line != null) {
            conversation.unsubscribe(line, this);
        }
    }

    /// The node as a whole stands still: nothing on this WebSocket is of use.
    void stands() {
        if (conversation != null) {
            conversation.lost(NodeLoss.BEHIND);
        }
    }

    /// Too much waits for clients: what the node says must wait with it.
    void pause() {
        if (conversation != null) {
            broadcast.pauses(conversation);
        }
    }

    /// Whether the node tells less than it should since so long.
    ///
    /// @param slot from which on it is not behind
    boolean isBehind(long slot, long now, long patience) {
        var isBehindNow = strand != null && strand.highest() < slot;
        if (isBehindNow && !behind) {
            behindSince = now;
        }
        behind = isBehindNow;
        return behind && now - behindSince >= patience;
    }
}

package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.pubsub.Meter.Opening;
import io.streamsync.router.pubsub.NodeChoice.Chosen;
import io.streamsync.router.tip.AskedCommitment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One subscription as its client knows it, on whatever nodes it runs. Used on its client's loop; what it is for is
/// known everywhere.
final class Subscription {

    /// The objects around its bytes.
    private static final int OVERHEAD = 512;

    private final long id;
    private final Subject subject;
    private final Terms terms;
    private final byte[] callId;
    private final byte[] tail;
    private final @Nullable Commitment asked;
    private final Reply reply;
    private final ClientSession session;
    private final List<Outgoing> early = new ArrayList<>(0);
    private final List<Runnable> waiting = new ArrayList<>(0);
    private State state = State.SOUGHT;
    private @Nullable MeteredSubscription metered;
    private boolean told;

    /// @param call only what is needed of it is kept
    /// @param terms of its customer
    Subscription(long id, SubscriptionKind kind, Call call, Terms terms, Reply reply, ClientSession session) {
        this.id = id;
        this.subject = Subject.of(kind, call);
        this.terms = terms;
        this.callId = call.id();
        this.tail = Outgoing.tail(id);
        this.asked = AskedCommitment.of(call);
        this.reply = reply;
        this.session = session;
    }

    long id() {
        return id;
    }

    SubscriptionKind kind() {
        return subject.kind();
    }

    Subject subject() {
        return subject;
    }

    Terms terms() {
        return terms;
    }

    /// The commitment that it asks for; null when that cannot be known.
    @Nullable
    Commitment asked() {
        return asked;
    }

    ClientSession session() {
        return session;
    }

    /// What it takes of the memory while it lasts.
    int kept() {
        return OVERHEAD + callId.length + subject.params().length();
    }

    /// Whether the client has its id.
    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /// What is still on its way to it is not for its client any more.
    void end() {
        state = State.OVER;
        waiting.clear();
        if (metered != null) {
            metered.close();
        }
    }

    /// A node serves it: the first time, it is paid for, and then the client gets its id.
    void runs(Chosen node) {
        if (state == State.SOUGHT) {
            state = State.OPENING;
            session.opens(this, node);
        }
    }

    void opened(Opening opening) {
        switch (opening) {
            case Opening.Opened(var paid) -> {
                if (state == State.OVER) {
                    paid.close(); // the client is gone
                } else {
                    metered = paid;
                    answer();
                }
            }
            case Opening.Refused(var refusal) -> refused(refusal);
        }
    }

    /// No node takes it: the client hears what the last one says.
    void refused(byte[] message, int from, int to) {
        if (state == State.SOUGHT) {
            session.drops(this);
            reply.answer(JsonRpcResponse.error(message, from, to, callId));
        }
    }

    /// No node is to be asked for it any more.
    void unserved() {
        if (state == State.SOUGHT) {
            refused(Refusal.of(RefusalCode.UNAVAILABLE));
        }
    }

    /// What comes while it is opened is not the client's yet, but a signature's fate, which is told once. A client in
    /// the midst of a batch does not know the id yet: what comes before it does waits.
    void notified(Chosen node, Notice notice) {
        if (state == State.OPENING && kind() == SubscriptionKind.SIGNATURE) {
            waiting.add(() -> notified(node, notice));
        }
        if (state != State.OPEN || !isPaid(node)) {
            return;
        }
        session.isTold(this, notice);
        var notification = Outgoing.notification(kind(), notice.message(), notice.from(), notice.to(), tail);
        if (told) {
            session.send(notification);
        } else if (session.mayWait(notification)) {
            early.add(notification);
        }
        if (kind() == SubscriptionKind.SIGNATURE && notice.isLast()) {
            session.drops(this);
        }
    }

    /// It cannot be paid, or nobody can serve it.
    void refused(Refusal refusal) {
        if (state != State.OVER) {
            session.drops(this);
            reply.answer(JsonRpcResponse.refusal(refusal, callId));
        }
    }

    private boolean isPaid(Chosen node) {
        return metered != null && metered.notified(node.nodeId(), node.operatorId(), node.askNano());
    }

    private void answer() {
        state = State.OPEN;
        var result = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
        reply.answer(JsonRpcResponse.result(result, 0, result.length, callId), this::tellEarly);
        var all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }

    private void tellEarly() {
        told = true;
        session.waitNoLonger(early);
        early.forEach(session::send);
        early.clear();
    }

    private enum State {
        /// No node serves it yet.
        SOUGHT,
        /// It is being paid for.
        OPENING,
        /// The client has its id, so that it must go on whatever happens to nodes.
        OPEN,
        OVER
    }
}

package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.jsonrpc.Refusal;
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
    private final List<Outgoing> early = new ArrayList<>();
    private boolean answered;
    private boolean told;
    private boolean ended;

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

    /// Whether the client has its id, so that it must go on whatever happens to nodes.
    boolean isAnswered() {
        return answered;
    }

    /// What is still on its way to it is not for its client any more.
    void end() {
        ended = true;
    }

    /// A node serves it. Only the first time there is something to tell the client.
    void runs(Chosen node) {
        if (!ended && !answered && session.opens(this, node)) {
            answered = true;
            var result = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
            reply.answer(JsonRpcResponse.result(result, 0, result.length, callId), this::tellEarly);
        }
    }

    /// No node takes it: the client hears what the last one says.
    void refused(byte[] message, int from, int to) {
        if (!ended && !answered) {
            session.drops(this);
            reply.answer(JsonRpcResponse.error(message, from, to, callId));
        }
    }

    /// The router itself does not take it.
    void refused(Refusal refusal) {
        if (!ended) {
            session.drops(this);
            reply.answer(JsonRpcResponse.refusal(refusal, callId));
        }
    }

    /// A client in the midst of a batch does not know the id yet: what comes before it does waits.
    void notified(Chosen node, Notice notice) {
        if (ended || !answered || !session.delivers(this, node, notice)) {
            return;
        }
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

    private void tellEarly() {
        told = true;
        session.waitNoLonger(early);
        early.forEach(session::send);
        early.clear();
    }
}

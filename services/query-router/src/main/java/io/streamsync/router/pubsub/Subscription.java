package io.streamsync.router.pubsub;

import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.tip.AskedCommitment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One subscription as its client knows it, on whatever node it runs.
final class Subscription {

    /// The objects around its bytes.
    private static final int OVERHEAD = 512;

    private final long id;
    private final SubscriptionKind kind;
    private final Call call;
    private final @Nullable Commitment asked;
    private final Reply reply;
    private final ClientSession session;
    private final List<Outgoing> early = new ArrayList<>();
    private boolean answered;
    private boolean told;
    private boolean running;
    private long nodeSubscription;

    /// @param call only what is needed of it is kept
    Subscription(long id, SubscriptionKind kind, Call call, Reply reply, ClientSession session) {
        this.id = id;
        this.kind = kind;
        this.call = ownCopy(call);
        this.asked = AskedCommitment.of(this.call);
        this.reply = reply;
        this.session = session;
    }

    long id() {
        return id;
    }

    SubscriptionKind kind() {
        return kind;
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
        return OVERHEAD + call.id().length + call.body().length;
    }

    byte[] toNode(long callId) {
        return call.toNode(kind.subscribe(), callId);
    }

    /// Whether the client has its id, so that it must go on whatever happens to nodes.
    boolean isAnswered() {
        return answered;
    }

    /// Whether a node serves it now.
    boolean isRunning() {
        return running;
    }

    void lost() {
        running = false;
    }

    /// The id that the node which serves it now has for it.
    long nodeSubscription() {
        return nodeSubscription;
    }

    /// A node serves it. Only the first time there is something to tell the client.
    void runs(long nodesId) {
        running = true;
        nodeSubscription = nodesId;
        if (!answered) {
            answered = true;
            var result = Long.toString(id).getBytes(StandardCharsets.US_ASCII);
            reply.answer(JsonRpcResponse.result(result, 0, result.length, call.id()), this::tellEarly);
        }
    }

    /// The node refuses it, in its own words.
    void refused(byte[] body, int from, int to) {
        answered = true;
        reply.answer(JsonRpcResponse.error(body, from, to, call.id()));
    }

    /// A client in the midst of a batch does not know the id yet: what comes before it does waits.
    void notified(byte[] body, int from, int to) {
        var notification = Outgoing.notification(kind, id, body, from, to);
        if (told) {
            session.send(notification);
        } else if (session.mayWait(notification)) {
            early.add(notification);
        }
    }

    private void tellEarly() {
        told = true;
        session.waitNoLonger(early);
        early.forEach(session::send);
        early.clear();
    }

    private static Call ownCopy(Call call) {
        if (call.paramsFrom() < 0) {
            return new Call(call.id(), call.method(), new byte[0], -1, -1);
        }
        var params = Arrays.copyOfRange(call.body(), call.paramsFrom(), call.paramsTo());
        return new Call(call.id(), call.method(), params, 0, params.length);
    }
}

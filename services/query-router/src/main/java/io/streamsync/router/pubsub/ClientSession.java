package io.streamsync.router.pubsub;

import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.Envelope;
import io.streamsync.router.jsonrpc.Envelope.Element;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One client's WebSocket: its calls, its subscriptions under ids of its own, and the node behind them. Everything runs
/// on the client's loop.
public final class ClientSession {

    /// What may wait for the rest of a batch.
    private static final long MOST_EARLY = 1024 * 1024;

    private static final byte[] TRUE = ascii("true");
    private static final byte[] NO_ID = ascii("{\"code\":-32602,\"message\":\"Invalid params\"}");
    private static final byte[] UNKNOWN_ID = ascii("{\"code\":-32602,\"message\":\"Invalid subscription id.\"}");

    private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();
    private final ClientSocket socket;
    private final String keyId;
    private final BooleanSupplier keyInForce;
    private final Allowance allowance;
    private final Patience patience;
    private final SeenSlots seen;
    private final Consumer<ClientSession> onEnd;
    private final NodeLink link;
    private final ScheduledFuture<?> looking;
    private long lastId;
    private long kept;
    private long early;
    private long heardAt = System.nanoTime();
    private long unusedSince = System.nanoTime();
    private boolean ended;

    /// @param keyInForce whether the client may go on
    /// @param onEnd run once, when it is over for whatever reason
    ClientSession(
            ClientSocket socket,
            String keyId,
            BooleanSupplier keyInForce,
            Allowance allowance,
            NodeAccess nodes,
            SeenSlots seen,
            Consumer<ClientSession> onEnd) {
        this.socket = socket;
        this.keyId = keyId;
        this.keyInForce = keyInForce;
        this.allowance = allowance;
        this.patience = nodes.patience();
        this.seen = seen;
        this.onEnd = onEnd;
        this.link = new NodeLink(socket.loop(), nodes, this);
        var period = patience.look().toNanos();
        this.looking = socket.loop().events().scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /// A whole message of the client's.
    public void received(byte[] message) {
        alive();
        if (ended) {
            return;
        }
        switch (Envelope.read(message)) {
            case Envelope.Unreadable(var refusal) -> send(Outgoing.response(JsonRpcResponse.refusal(refusal)));
            case Envelope.Single(var element) -> answer(element, this::answer);
            case Envelope.Batch(var elements) -> answer(elements);
        }
    }

    /// Something came from the client, if only a pong.
    public void alive() {
        heardAt = System.nanoTime();
    }

    /// The client is gone.
    public void closed() {
        if (!ended) {
            ended = true;
            looking.cancel(false);
            link.end();
            allowance.budget().give(kept);
            subscriptions.clear();
            onEnd.accept(this);
        }
    }

    public void end(CloseReason reason) {
        if (!ended) {
            closed();
            socket.close(reason);
        }
    }

    /// Callable from any thread.
    void goAway() {
        try {
            socket.loop().events().execute(() -> end(CloseReason.GOING_AWAY));
        } catch (RejectedExecutionException _) {
            // the loop has ended, and its connections with it
        }
    }

    Collection<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    void send(Outgoing message) {
        if (!ended && !socket.send(message)) {
            end(CloseReason.NOT_READ);
        }
    }

    boolean mayWait(Outgoing message) {
        early += message.length();
        if (early > MOST_EARLY) {
            end(CloseReason.NOT_READ);
        }
        return !ended;
    }

    void waitNoLonger(List<Outgoing> messages) {
        messages.forEach(message -> early -= message.length());
    }

    /// A node serves it now.
    void runs(Subscription subscription, long nodesId) {
        subscription.runs(nodesId);
        settle();
    }

    /// What the client already has must go on elsewhere; of the rest the client hears what the node says.
    void refused(Subscription subscription, byte[] body, int from, int to) {
        if (subscription.isAnswered()) {
            link.moveOn();
        } else {
            subscription.refused(body, from, to);
            forget(subscription);
            settle();
        }
    }

    void notified(Subscription subscription, byte[] body, int from, int to, boolean isLast) {
        // that a signature was received, which is all that others than the last say, is no state yet
        if (isLast || subscription.kind() != SubscriptionKind.SIGNATURE) {
            seen.told(keyId, subscription.asked(), body, from, to);
        }
        subscription.notified(body, from, to);
        if (isLast) {
            forget(subscription);
        }
    }

    private void answer(JsonRpcResponse response, Runnable sent) {
        send(Outgoing.response(response));
        sent.run();
    }

    private void answer(List<Element> elements) {
        var calls = elements.stream()
                .filter(element -> !(element instanceof Element.Notification))
                .toList();
        var batch = new BatchReply(calls.size(), this::send);
        for (var i = 0; i < calls.size(); i++) {
            answer(calls.get(i), batch.to(i));
        }
    }

    private void answer(Element element, Reply reply) {
        switch (element) {
            case Element.Notification _ -> {} // such as the pings of web3.js
            case Element.Invalid(var id) ->
                reply.answer(JsonRpcResponse.refusal(Refusal.of(RefusalCode.INVALID_JSON_RPC), id));
            case Call call -> answer(call, reply);
        }
    }

    private void answer(Call call, Reply reply) {
        var wish = SubscriptionKind.wish(call.method());
        if (wish == null) {
            reply.answer(JsonRpcResponse.refusal(Refusal.of(RefusalCode.METHOD_NOT_FOUND), call.id()));
        } else if (wish.begins()) {
            subscribe(wish.kind(), call, reply);
        } else {
            unsubscribe(wish.kind(), call, reply);
        }
    }

    private void subscribe(SubscriptionKind kind, Call call, Reply reply) {
        var subscription = new Subscription(lastId + 1, kind, call, reply, this);
        var refusal = allowance.refusal(subscriptions.size(), kept, subscription.kept());
        if (refusal != null) {
            reply.answer(JsonRpcResponse.refusal(refusal, call.id()));
            return;
        }
        lastId++;
        kept += subscription.kept();
        subscriptions.put(lastId, subscription);
        link.carry(subscription);
    }

    private void unsubscribe(SubscriptionKind kind, Call call, Reply reply) {
        var id = SubscriptionId.of(call);
        var subscription = id == null ? null : subscriptions.get(id);
        if (subscription == null || subscription.kind() != kind || !subscription.isAnswered()) {
            var error = id == null ? NO_ID : UNKNOWN_ID;
            reply.answer(JsonRpcResponse.error(error, 0, error.length, call.id()));
            return;
        }
        link.drop(subscription);
        forget(subscription);
        settle();
        reply.answer(JsonRpcResponse.result(TRUE, 0, TRUE.length, call.id()));
    }

    private void forget(Subscription subscription) {
        if (subscriptions.remove(subscription.id()) != null) {
            kept -= subscription.kept();
            allowance.budget().give(subscription.kept());
            unusedSince = System.nanoTime();
        }
    }

    private void settle() {
        if (subscriptions.values().stream().allMatch(Subscription::isRunning)) {
            link.settled();
        }
    }

    private void look() {
        var now = System.nanoTime();
        if (!keyInForce.getAsBoolean()) {
            end(CloseReason.KEY_REVOKED);
        } else if (link.isMissingTooLong(now)) {
            end(CloseReason.NO_NODE);
        } else if (now - heardAt >= patience.silence().toNanos()) {
            end(CloseReason.SILENT);
        } else if (now - heardAt >= patience.quiet().toNanos()) {
            socket.ping();
        }
        if (subscriptions.isEmpty() && now - unusedSince >= patience.unused().toNanos()) {
            link.end();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

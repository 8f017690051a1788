package io.streamsync.router.pubsub;

import io.netty.channel.EventLoop;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.router.access.Credential;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.Envelope;
import io.streamsync.router.jsonrpc.Envelope.Element;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.market.PricedField;
import io.streamsync.router.pubsub.Meter.Seller;
import io.streamsync.router.pubsub.Meter.Unpaid;
import io.streamsync.router.pubsub.NodeChoice.Chosen;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client's WebSocket: its calls, and its subscriptions under ids of its own. Everything runs on the client's loop.
public final class ClientSession {

    /// What may wait for the rest of a batch.
    private static final long MOST_EARLY = 1024 * 1024;

    private static final byte[] TRUE = ascii("true");
    private static final byte[] NO_ID = ascii("{\"code\":-32602,\"message\":\"Invalid params\"}");
    private static final byte[] UNKNOWN_ID = ascii("{\"code\":-32602,\"message\":\"Invalid subscription id.\"}");

    private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();
    private final ClientSocket socket;
    private final Holder holder;
    private final Terms terms;
    private final Allowance allowance;
    private final Broadcasts broadcasts;
    private final Meter meter;
    private final Payer payer;
    private final Patience patience;
    private final SeenSlots seen;
    private final Consumer<ClientSession> onEnd;
    private final ScheduledFuture<?> looking;
    private final CallRate rate = new CallRate(System.nanoTime());
    private Credential credential;
    private long lastId;
    private long kept;
    private long early;
    private long heardAt = System.nanoTime();
    private boolean ended;

    /// @param onEnd run once, when it is over for whatever reason
    ClientSession(
            ClientSocket socket,
            Holder holder,
            Credential credential,
            Allowance allowance,
            Broadcasts broadcasts,
            Meter meter,
            SeenSlots seen,
            Consumer<ClientSession> onEnd) {
        this.socket = socket;
        this.holder = holder;
        this.credential = credential;
        this.terms = holder.terms(credential);
        this.allowance = allowance;
        this.broadcasts = broadcasts;
        this.meter = meter;
        this.payer =
                new Payer(() -> this.credential, terms.maxPriceNano().orElse(Long.MAX_VALUE), events(), this::isUnpaid);
        this.patience = broadcasts.nodes().patience();
        this.seen = seen;
        this.onEnd = onEnd;
        var period = patience.look().toNanos();
        this.looking = events().scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /// A whole message of the client's.
    public void received(byte[] message) {
        alive();
        if (ended) {
            return;
        }
        switch (Envelope.read(message)) {
            case Envelope.Unreadable(var refusal) -> {
                if (isInTime()) {
                    send(Outgoing.response(JsonRpcResponse.refusal(refusal)));
                }
            }
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
            subscriptions.values().forEach(Subscription::end);
            broadcasts.leave(subscriptions.values());
            allowance.give(credential, subscriptions.size(), kept);
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

    EventLoop events() {
        return socket.loop().events();
    }

    /// Callable from any thread.
    void endLater(CloseReason reason) {
        try {
            events().execute(() -> end(reason));
        } catch (RejectedExecutionException _) {
            // the loop has ended, and its connections with it
        }
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

    /// A node serves the subscription for the first time.
    void opens(Subscription subscription, Chosen node) {
        var seller = new Seller(node.nodeId(), node.operatorId(), node.askNano());
        meter.open(payer, subscription.kind().subscribe(), seller, subscription::opened);
    }

    /// A notification goes out.
    void isTold(Subscription subscription, Notice notice) {
        // that a signature was received, which is all that others than the last say, is no state yet
        if (notice.contextSlot() >= 0 && (notice.isLast() || subscription.kind() != SubscriptionKind.SIGNATURE)) {
            seen.told(credential.keyId(), subscription.asked(), notice.contextSlot());
        }
    }

    /// The subscription is over without the client having said so.
    void drops(Subscription subscription) {
        forget(subscription);
        broadcasts.leave(List.of(subscription));
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
            case Element.Invalid(var id) -> {
                if (isInTime()) {
                    reply.answer(JsonRpcResponse.refusal(Refusal.of(RefusalCode.INVALID_JSON_RPC), id));
                }
            }
            case Call call -> answer(call, reply);
        }
    }

    private void answer(Call call, Reply reply) {
        if (ended) {
            return; // in the midst of a batch
        }
        switch (rate.call(System.nanoTime())) {
            case TAKEN -> take(call, reply);
            case REFUSED -> refuse(call, Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD"), reply);
            case ENOUGH -> end(CloseReason.TOO_FAST);
        }
    }

    /// What is no call counts as one, and is answered as long as it does not come too fast.
    private boolean isInTime() {
        var isInTime = rate.call(System.nanoTime()) == CallRate.Verdict.TAKEN;
        if (!isInTime) {
            end(CloseReason.TOO_FAST);
        }
        return isInTime;
    }

    private void take(Call call, Reply reply) {
        var wish = SubscriptionKind.wish(call.method());
        if (wish == null) {
            refuse(call, Refusal.of(RefusalCode.METHOD_NOT_FOUND), reply);
        } else if (wish.begins()) {
            subscribe(wish.kind(), call, reply);
        } else {
            unsubscribe(wish.kind(), call, reply);
        }
    }

    private void subscribe(SubscriptionKind kind, Call call, Reply reply) {
        var subscription = new Subscription(lastId + 1, kind, call, terms, reply, this);
        var field = broadcasts.field(terms);
        var refusal = refusal(subscription, field);
        if (refusal != null) {
            refuse(call, refusal, reply);
            return;
        }
        lastId++;
        kept += subscription.kept();
        subscriptions.put(lastId, subscription);
        meter.seek(payer, Math.max(1, field.cheapestAsk()), unpaid -> begin(subscription, unpaid));
    }

    /// Nodes work for nobody who cannot pay.
    private void begin(Subscription subscription, @Nullable Refusal unpaid) {
        if (subscription.isOver()) {
            return; // the client is gone
        }
        if (unpaid == null) {
            broadcasts.join(subscription);
        } else {
            subscription.refused(unpaid);
        }
    }

    private void unsubscribe(SubscriptionKind kind, Call call, Reply reply) {
        var id = SubscriptionId.of(call);
        var subscription = id == null ? null : subscriptions.get(id);
        if (subscription == null || subscription.kind() != kind || !subscription.isOpen()) {
            var error = id == null ? NO_ID : UNKNOWN_ID;
            reply.answer(JsonRpcResponse.error(error, 0, error.length, call.id()));
            return;
        }
        drops(subscription);
        reply.answer(JsonRpcResponse.result(TRUE, 0, TRUE.length, call.id()));
    }

    private void isUnpaid(Unpaid why) {
        end(
                switch (why) {
                    case NO_CREDIT -> CloseReason.NO_CREDIT;
                    case CAP_REACHED -> CloseReason.CAP_REACHED;
                    case UNAVAILABLE -> CloseReason.UNAVAILABLE;
                });
    }

    private void refuse(Call call, Refusal refusal, Reply reply) {
        reply.answer(JsonRpcResponse.refusal(refusal, call.id()));
    }

    private @Nullable Refusal refusal(Subscription wanted, PricedField field) {
        if (wanted.subject().isTooLarge()) {
            return Refusal.of(RefusalCode.REQUEST_TOO_LARGE).with("limit", Subject.LARGEST + " bytes of parameters");
        }
        var allowed = holder.credential();
        var unserved = Broadcasts.refusal(field.field());
        return unserved != null
                ? unserved
                : allowance.refusal(allowed == null ? credential : allowed, subscriptions.size(), kept, wanted.kept());
    }

    private void forget(Subscription subscription) {
        if (subscriptions.remove(subscription.id()) != null) {
            subscription.end();
            kept -= subscription.kept();
            allowance.give(credential, 1, subscription.kept());
        }
    }

    private void look() {
        var now = holder.credential();
        var silent = System.nanoTime() - heardAt;
        if (now == null) {
            end(CloseReason.KEY_REVOKED);
        } else if (!now.equals(credential) && !holder.terms(now).equals(terms)) {
            end(CloseReason.TERMS_CHANGED);
        } else if (silent >= patience.silence().toNanos()) {
            end(CloseReason.SILENT);
        } else {
            credential = now;
            if (silent >= patience.quiet().toNanos()) {
                socket.ping();
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

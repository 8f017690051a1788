package io.streamsync.router.race;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.money.Amount;
import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.access.Keys;
import io.streamsync.router.jsonrpc.Call;
import io.streamsync.router.jsonrpc.Envelope;
import io.streamsync.router.jsonrpc.Envelope.Element;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.market.Market;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.PricedField;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a query meets between the edge and its answer, in the order of the public interfaces: [#answer] for the
/// request, [#ask] for each query in it. Everything runs on the loop that the request arrived on.
public final class RacePipeline {

    private final Keys keys;
    private final Wishes wishes;
    private final RateCaps caps;
    private final Shares shares;
    private final Market market;
    private final CreditGate credit;
    private final Sending sending;
    private final Starter starter;
    private final RaceTrack track;

    RacePipeline(
            Keys keys,
            Wishes wishes,
            RateCaps caps,
            Shares shares,
            Market market,
            CreditGate credit,
            Sending sending,
            Starter starter,
            RaceTrack track) {
        this.keys = keys;
        this.wishes = wishes;
        this.caps = caps;
        this.shares = shares;
        this.market = market;
        this.credit = credit;
        this.sending = sending;
        this.starter = starter;
        this.track = track;
    }

    /// Whose queries these are; null when the key opens nothing here.
    public @Nullable Credential credential(@Nullable String key) {
        var credential = key == null ? null : keys.find(key);
        return credential != null && credential.scope() == Scope.QUERY ? credential : null;
    }

    /// How a key that opens nothing is refused: while a router that has just started reads the keys, nobody knows that
    /// it is none.
    public RefusalCode keyRefusal() {
        return keys.ready() ? RefusalCode.INVALID_KEY : RefusalCode.UNAVAILABLE;
    }

    /// Envelope, terms; then every query for itself.
    ///
    /// @param done called once, on the loop, possibly before this returns
    public void answer(RpcRequest request, Credential credential, Consumer<RpcResponse> done) {
        switch (Envelope.read(request.body())) {
            case Envelope.Unreadable(var refusal) -> done.accept(RpcResponse.Single.refused(refusal));
            case Envelope.Single(Element.Invalid(var id)) ->
                done.accept(RpcResponse.Single.refused(Refusal.of(RefusalCode.INVALID_JSON_RPC), id));
            case Envelope.Single(Element.Notification _) -> done.accept(new RpcResponse.Nothing());
            case Envelope.Single(Call call) ->
                onTerms(request, credential, call.id(), done, queries -> ask(queries.alone(call), done::accept));
            case Envelope.Batch(var elements) ->
                onTerms(
                        request,
                        credential,
                        JsonRpcResponse.NO_ID,
                        done,
                        queries -> new BatchRun(this, track.leases(), queries, done).run(elements));
        }
    }

    private void onTerms(
            RpcRequest request, Credential credential, byte[] id, Consumer<RpcResponse> done, Consumer<Queries> then) {
        CustomerTerms terms;
        try {
            terms = wishes.read(request, credential);
        } catch (InvalidWishException invalid) {
            var refusal = Refusal.of(RefusalCode.INVALID_REQUEST)
                    .with("parameter", invalid.parameter())
                    .with("detail", invalid.detail());
            done.accept(RpcResponse.Single.refused(refusal, id));
            return;
        }
        then.accept(new Queries(request, credential, terms));
    }

    /// How long a query may take in all.
    long deadlineNanos() {
        return track.parameters().deadline().toNanos();
    }

    /// Method, caps, field, credit, draw; then the race.
    void ask(Query query, Consumer<RpcResponse.Single> done) {
        var method = SolanaMethods.find(query.call().method());
        if (method.isEmpty()) {
            refuse(query, Refusal.of(RefusalCode.METHOD_NOT_FOUND), done);
        } else if (!caps.allows(query.credential(), System.nanoTime())) {
            done.accept(OwnCap.ofRate(query, caps.waitMillis(query.credential(), System.nanoTime())));
        } else if (track.leases().isCapReached(query.creditHolder())
                && method.get().delivery() != Delivery.ALL_RACERS) {
            done.accept(OwnCap.ofDay(query, track.leases(), 1));
        } else {
            enter(query, method.get(), done);
        }
    }

    private void enter(Query query, SolanaMethod method, Consumer<RpcResponse.Single> done) {
        // its answer would be refused where it begins, after nodes have worked for it
        if (method.heavy() && track.nodes().memory(query.accountId()).isFull()) {
            refuse(query, Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD"), done);
            return;
        }
        var share = shares.enter(query.accountId());
        if (share == null) {
            refuse(query, Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD"), done);
            return;
        }
        var turn = new Turn(query, share, done);
        guarded(turn, () -> sending.once(query, method, turn, () -> guarded(turn, () -> ask(query, method, turn))));
    }

    private void ask(Query query, SolanaMethod method, Turn turn) {
        if (track.leases().isCapReached(query.creditHolder())) {
            turn.accept(OwnCap.ofDay(query, track.leases(), 1));
            return;
        }
        var view = market.current();
        var field = field(view, method, query);
        if (field.isEmpty()) {
            turn.refuse(noCapableNode(field));
            return;
        }
        credit.cover(
                query.credential(),
                field,
                query.loop().events(),
                cover -> guarded(turn, () -> {
                    switch (cover) {
                        case ENOUGH -> race(query, method, view, field, turn);
                        case NOTHING_LEFT -> turn.refuse(insufficientCredit(query, field));
                        case CAP_REACHED -> turn.accept(OwnCap.ofDay(query, track.leases(), field.cheapestAsk()));
                        case UNKNOWN -> turn.refuse(Refusal.of(RefusalCode.UNAVAILABLE));
                    }
                }));
    }

    /// Terms of a customer without credit are not worth keeping.
    private PricedField field(MarketView view, SolanaMethod method, Query query) {
        var terms = query.terms().draw();
        return track.leases().remaining(query.creditHolder()) > 0
                ? view.field(method.queryClass(), terms)
                : view.fieldForOnce(method.queryClass(), terms);
    }

    private void race(Query query, SolanaMethod method, MarketView view, PricedField field, Turn turn) {
        var reach = starter.reachBelow(query, method);
        if (reach != CustomerTerms.NO_SLOT) {
            turn.refuse(
                    Refusal.of(RefusalCode.NO_ANSWER).with("cause", "MIN_SLOT").with("highestSlot", reach));
            return;
        }
        var lineup = starter.lineUp(query, method, view, field);
        if (lineup == null) {
            turn.refuse(Refusal.of(RefusalCode.UNAVAILABLE));
            return;
        }
        var unanswered = lineup.isUnpaid() ? insufficientCredit(query, field) : Refusal.of(RefusalCode.NO_ANSWER);
        new Race(track, lineup, turn.submission(), unanswered, turn).start();
    }

    /// Whatever breaks, the customer is answered.
    private void guarded(Turn turn, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            track.log().queryFailed(e);
            turn.refuse(Refusal.of(RefusalCode.UNAVAILABLE));
        }
    }

    private static void refuse(Query query, Refusal refusal, Consumer<RpcResponse.Single> done) {
        done.accept(RpcResponse.Single.refused(refusal, query.call().id()));
    }

    private static Refusal noCapableNode(PricedField field) {
        var cheapest = field.field().cheapestAsk();
        var fastest = field.field().fastestGuaranteeMs();
        return Refusal.of(RefusalCode.NO_CAPABLE_NODE)
                .with("cheapestAsk", cheapest.isPresent() ? Amount.decimal(cheapest.getAsLong()) : null)
                .with("fastestGuaranteeMs", fastest.isPresent() ? fastest.getAsInt() : null);
    }

    private Refusal insufficientCredit(Query query, PricedField field) {
        return Refusal.of(RefusalCode.INSUFFICIENT_CREDIT)
                .with("balance", Amount.decimal(track.leases().balanceEstimate(query.creditHolder())))
                .with("price", Amount.decimal(field.cheapestAsk()));
    }
}

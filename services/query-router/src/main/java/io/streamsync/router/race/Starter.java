package io.streamsync.router.race;

import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.epoch.EpochSecrets;
import io.streamsync.router.epoch.RaceSequence;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.PricedField;
import io.streamsync.router.tip.AskedCommitment;
import io.streamsync.router.tip.AskedSlot;
import io.streamsync.router.tip.Session;
import io.streamsync.router.tip.Sessions;
import io.streamsync.router.tip.Tips;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives a race its number and draws it. Once it has a number its record must be written, or there would be a gap: so
/// everything that could still refuse the query is looked at before.
final class Starter {

    private final Journal journal;
    private final EpochSecrets secrets;
    private final RaceSequence sequence;
    private final Drawing drawing;
    private final Tips tips;
    private final Sessions sessions;
    private final int slotLag;
    private final InstantSource clock;
    private final RouterLog log;
    private volatile boolean open = true;

    Starter(
            Journal journal,
            EpochSecrets secrets,
            RaceSequence sequence,
            Drawing drawing,
            Tips tips,
            Sessions sessions,
            int slotLag,
            InstantSource clock,
            RouterLog log) {
        this.journal = journal;
        this.secrets = secrets;
        this.sequence = sequence;
        this.drawing = drawing;
        this.tips = tips;
        this.sessions = sessions;
        this.slotLag = slotLag;
        this.clock = clock;
        this.log = log;
    }

    /// No race starts any more.
    void close() {
        open = false;
    }

    /// @return null when no race can be recorded or drawn now
    @Nullable
    Lineup lineUp(Query query, SolanaMethod method, MarketView market, PricedField field) {
        var epoch = secrets.epochAt(clock.millis());
        var secret = secrets.secret(epoch);
        if (!open || secret == null || !journal.accepts()) {
            return null;
        }
        var asked = AskedCommitment.of(query.call());
        var session = sessions.of(query.credential().keyId());
        var bounds = bounds(query, Commitment.told(method, asked), session);
        var incarnation = journal.incarnation();
        var address = new RaceAddress(incarnation.router(), incarnation.number(), sequence.next());
        var request = query.call().toNode(method.name(), address.sequence());
        var requestHash = sha256(request);
        var wanted = new Drawing.Wanted(query.creditHolder(), method, bounds);
        var funded = draw(
                wanted, market, field, query.terms().draw(), () -> RaceRandomness.of(secret, address, requestHash));
        return new Lineup(
                query,
                method,
                AskedCommitment.compared(method, asked),
                bounds,
                session,
                market,
                field,
                epoch,
                address,
                request,
                requestHash,
                funded.random(),
                funded.drawn(),
                funded.reservation());
    }

    /// The highest slot that a node can have soon, when the query wants one beyond: nobody is asked for that. Else -1.
    long reachBelow(Query query, SolanaMethod method) {
        var wanted = wanted(query);
        var told = wanted < 0 ? null : Commitment.told(method, AskedCommitment.of(query.call()));
        if (told == null) {
            return CustomerTerms.NO_SLOT;
        }
        var highest = tips.reach().highest(told, Tips.millis());
        return wanted - slotLag > highest ? highest : CustomerTerms.NO_SLOT;
    }

    private SlotBounds bounds(Query query, @Nullable Commitment told, Session session) {
        var reach = tips.reach();
        var seen = told == null ? CustomerTerms.NO_SLOT : session.floor(told, reach, Tips.millis());
        return SlotBounds.of(told, reach, Math.max(seen, wanted(query)));
    }

    /// By header or by the call itself.
    private static long wanted(Query query) {
        return Math.max(query.terms().minSlot(), AskedSlot.of(query.call()));
    }

    /// The number is given: a draw that breaks leaves a race of nobody, not a gap.
    private Drawing.Funded draw(
            Drawing.Wanted wanted,
            MarketView market,
            PricedField field,
            Terms terms,
            Supplier<RaceRandomness> randomness) {
        try {
            return drawing.draw(wanted, market, field, terms, randomness);
        } catch (RuntimeException e) {
            log.queryFailed(e);
            return new Drawing.Funded(new Drawn(List.of(), List.of(), false, false), randomness.get(), null);
        }
    }

    private static byte[] sha256(byte[] request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(request);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

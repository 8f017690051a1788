package io.streamsync.router.race;

import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.router.epoch.EpochSecrets;
import io.streamsync.router.epoch.RaceSequence;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.PricedField;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Gives a race its number and draws it. Once it has a number its record must be written, or there would be a gap: so
/// everything that could still refuse the query is looked at before.
final class Starter {

    private final Journal journal;
    private final EpochSecrets secrets;
    private final RaceSequence sequence;
    private final Drawing drawing;
    private final InstantSource clock;
    private volatile boolean open = true;

    Starter(Journal journal, EpochSecrets secrets, RaceSequence sequence, Drawing drawing, InstantSource clock) {
        this.journal = journal;
        this.secrets = secrets;
        this.sequence = sequence;
        this.drawing = drawing;
        this.clock = clock;
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
        var request = query.call().toNode(method.name());
        var requestHash = sha256(request);
        var incarnation = journal.incarnation();
        var address = new RaceAddress(incarnation.router(), incarnation.number(), sequence.next());
        var funded = drawing.draw(
                query.accountId(),
                market,
                field,
                method,
                query.terms().draw(),
                () -> RaceRandomness.of(secret, address, requestHash));
        return new Lineup(
                query,
                method,
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

    private static byte[] sha256(byte[] request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(request);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

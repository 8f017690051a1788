package io.streamsync.router.race;

import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.RandomNumbers;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.router.access.Reservation;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.PricedField;
import io.streamsync.router.tip.Session;
import org.jspecify.annotations.Nullable;

/// A race before its start: who was drawn for what, and what is set aside for it.
///
/// @param compared the method as the answers to this query compare
/// @param bounds which slots its answers may have
/// @param session of the customer's key
/// @param epoch whose secret the numbers come from
/// @param request as the nodes get it
/// @param random also for whatever is drawn later in this race
/// @param reservation null when nothing could be set aside, so nobody is asked
@SuppressWarnings("ArrayRecordComponent") // the bytes of one request, never compared
record Lineup(
        Query query,
        SolanaMethod method,
        SolanaMethod compared,
        SlotBounds bounds,
        Session session,
        MarketView market,
        PricedField field,
        long epoch,
        RaceAddress address,
        byte[] request,
        byte[] requestHash,
        RandomNumbers random,
        Drawn drawn,
        @Nullable Reservation reservation) {

    /// The id that nodes get: another one for every race.
    String nodeId() {
        return Long.toString(address.sequence());
    }

    /// Whether nobody is asked because everybody who could be costs more than is left.
    boolean isUnpaid() {
        return reservation == null
                && drawn.skipped().stream().anyMatch(skipped -> skipped.reason() == SkipReason.CREDIT);
    }
}

package io.streamsync.events.onboarding;

import io.streamsync.events.Event;
import java.time.Instant;

/// Stake moved: what billing's ledger books.
///
/// @param kind what happened
/// @param reference the deposit, unbonding, withdrawal or slash: with the kind, the idempotency key of the booking
/// @param rail by which it came in or left; empty where it only moved in or out of the bond
/// @param amount nano-STRM as a decimal string of digits
public record StakeChanged(
        String eventId,
        Instant occurredAt,
        int schemaVersion,
        String operatorId,
        Kind kind,
        String reference,
        String rail,
        String amount)
        implements Event {

    public enum Kind {
        DEPOSITED,
        UNBONDING_STARTED,
        UNBONDING_CANCELLED,
        WITHDRAWN,

        /// Bonded stake went into escrow, once per slash, before the slash ends.
        SLASHED,

        /// Unbonding stake went into escrow, for the slash of this reference: once, the sum over all unbondings.
        UNBONDING_SLASHED,

        /// All that was escrowed for the slash went to the treasury; the amount is both parts.
        SLASH_FINAL,

        /// All that was escrowed for the slash went back where it came from; the amount is both parts.
        SLASH_OVERTURNED
    }
}

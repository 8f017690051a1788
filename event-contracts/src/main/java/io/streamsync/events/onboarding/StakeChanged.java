package io.streamsync.events.onboarding;

import io.streamsync.events.Event;
import java.time.Instant;

/// Stake moved: what billing's ledger books.
///
/// @param kind what happened
/// @param reference the deposit, unbonding or withdrawal, unique: the idempotency key of the booking
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
        WITHDRAWN
    }
}

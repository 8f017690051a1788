package io.streamsync.billing.refund;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import java.time.Instant;

/// What a customer got back for a race, or was spared.
///
/// @param amount as listed: the fee that was given back, or the ask that was not charged; 0 when nobody answered
/// @param charged the race's fee that had been booked
/// @param reversed what of it was booked back, at most that
public record Refund(
        String raceId,
        RaceAddress address,
        CustomerId customer,
        RefundReason reason,
        long amount,
        long charged,
        long reversed,
        Instant occurredAt) {

    public static Refund notCharged(
            String raceId,
            RaceAddress address,
            CustomerId customer,
            RefundReason reason,
            long amount,
            Instant occurredAt) {
        return new Refund(raceId, address, customer, reason, amount, 0, 0, occurredAt);
    }

    public static Refund reversed(
            String raceId,
            RaceAddress address,
            CustomerId customer,
            RefundReason reason,
            long fee,
            Instant occurredAt) {
        return new Refund(raceId, address, customer, reason, fee, fee, fee, occurredAt);
    }

    /// One per race.
    public String id() {
        return "ref_" + raceId;
    }
}

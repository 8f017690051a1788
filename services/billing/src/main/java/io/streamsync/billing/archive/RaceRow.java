package io.streamsync.billing.archive;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.record.RaceAddress;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Where the ANSWERED of a race is, and whose it is.
///
/// @param position of the record in its stream
/// @param postedOn the day under which its frame is kept
/// @param charged what the customer was charged, nano-USDC
/// @param batch the JSON-RPC batch that it was part of
public record RaceRow(
        RaceAddress address,
        Instant occurredAt,
        long position,
        LocalDate postedOn,
        CustomerId customer,
        long charged,
        @Nullable String batch,
        int batchIndex) {}

package io.streamsync.billing.archive;

import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Verified;
import org.jspecify.annotations.Nullable;

/// All that was recorded of a race.
///
/// @param receiptHash of ANSWERED's leaf in its settlement, lower-case hex
/// @param verified null as long as verification is not over
public record ArchivedRace(
        RaceRow row,
        Answered answered,
        String receiptHash,
        @Nullable Verified verified) {}

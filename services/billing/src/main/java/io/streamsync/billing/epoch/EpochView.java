package io.streamsync.billing.epoch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An epoch: all that it takes to replay its draws, once the secrets are told.
record EpochView(long epoch, Instant startsAt, Instant endsAt, List<RouterView> routers) {

    /// @param secret null until it is revealed
    /// @param snapshots hashes, in the order in which they were taken first; left out in lists
    /// @param taken each time that the router took one, or went on with it in a new epoch; left out in lists
    /// @param skips left out in lists
    record RouterView(
            int routerId,
            int incarnation,
            String commitment,
            @Nullable String secret,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> snapshots,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<TakenView> taken,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<SkipsView> skips) {}

    record TakenView(String snapshot, Instant takenAt) {}

    /// @param drawn with those that were skipped
    record SkipsView(String operatorId, long drawn, long skipped) {}
}

package io.streamsync.billing.account;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.draw.WrittenTerms.Racers;
import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a key's queries get where they wish for nothing else; null where the market's own rule holds. The lists bind
/// its queries, which can only narrow them.
///
/// @param maxLatencyMs the SLA
/// @param quorum whether the first confirmed answer wins instead of the first
record KeyChoice(
        @Nullable Integer maxLatencyMs,
        @Nullable Preference prefer,
        @Nullable Racers racers,
        @Nullable Boolean quorum,
        @Nullable List<OperatorId> operators,
        @Nullable List<OperatorId> excludeOperators) {

    static final KeyChoice NONE = new KeyChoice(null, null, null, null, null, null);

    @Nullable
    String preferText() {
        return prefer == null ? null : WrittenTerms.text(prefer);
    }

    @Nullable
    String racersText() {
        return racers == null ? null : racers.toString();
    }

    @Nullable
    String verifyText() {
        return quorum == null ? null : quorum ? "quorum" : "first";
    }

    static @Nullable List<String> ids(@Nullable List<OperatorId> operators) {
        return operators == null
                ? null
                : operators.stream().map(OperatorId::value).toList();
    }
}

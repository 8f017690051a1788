package io.streamsync.protocol.tip;

import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How sure a state is, surest first: a node's slots rise in this order.
public enum Commitment {
    FINALIZED,
    CONFIRMED,
    PROCESSED;

    /// What nodes take an absent one for.
    public static final Commitment DEFAULT = FINALIZED;

    public static Optional<Commitment> ofWireName(String name) {
        return switch (name) {
            case "finalized" -> Optional.of(FINALIZED);
            case "confirmed" -> Optional.of(CONFIRMED);
            case "processed" -> Optional.of(PROCESSED);
            default -> Optional.empty();
        };
    }

    /// The commitment of which the answers to a call tell a slot; null where they tell nothing of the chain's tip.
    ///
    /// @param asked by the call; null when it cannot be known
    public static @Nullable Commitment told(SolanaMethod method, @Nullable Commitment asked) {
        // an indexer's slot lags by more than its node's; writes tell none
        if (method.queryClass() == QueryClass.COMPRESSED || method.queryClass() == QueryClass.SUBMIT) {
            return null;
        }
        // takes no commitment: its context is the newest state, whatever that of the statuses in it
        return method.name().equals("getSignatureStatuses") ? PROCESSED : asked;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

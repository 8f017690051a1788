package io.streamsync.router.race;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.router.access.Credential;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The terms of the subscriptions of one WebSocket: of what a customer may wish for a query, the ceiling,
/// the preference and the operators. The rest is about races.
public final class SubscriptionTerms {

    private final Wishes wishes;
    private final int racingPlaces;

    SubscriptionTerms(Wishes wishes, int racingPlaces) {
        this.wishes = wishes;
        this.racingPlaces = racingPlaces;
    }

    /// Why the handshake's wishes cannot be understood; null when they can.
    public @Nullable Refusal refusal(RpcRequest handshake, Credential credential) {
        try {
            var _ = wishes.read(handshake, credential);
            return null;
        } catch (InvalidWishException invalid) {
            return Refusal.of(RefusalCode.INVALID_REQUEST)
                    .with("parameter", invalid.parameter())
                    .with("detail", invalid.detail());
        }
    }

    /// To be asked for a handshake that was not refused.
    public Terms of(RpcRequest handshake, Credential credential) {
        var wished = wishes.read(handshake, credential).draw();
        return new Terms(
                wished.prefer(),
                wished.maxPriceNano(),
                OptionalInt.empty(),
                racingPlaces,
                0,
                false,
                wished.only(),
                wished.exclude());
    }
}

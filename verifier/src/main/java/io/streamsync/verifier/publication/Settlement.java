package io.streamsync.verifier.publication;

import io.streamsync.protocol.settlement.SettlementHeader;
import java.util.Map;

/// A settlement as it is published: what was signed, and what is shown of it.
///
/// @param header read from the signed bytes
/// @param publicKey as it is shown, 32 bytes
/// @param shown what stands beside the signed bytes, by name, as written
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Settlement(
        SettlementHeader header,
        byte[] signature,
        byte[] publicKey,
        Map<String, String> shown,
        Corrections corrections) {

    public Settlement {
        shown = Map.copyOf(shown);
    }

    public long epoch() {
        return header.epoch();
    }
}

package io.streamsync.protocol.settlement;

import io.streamsync.protocol.market.OperatorId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What an operator got of the stakers' share of a window, and by what.
///
/// @param bonded stake at the window's end, nano-STRM
/// @param share nano-USDC; 0 where the division gives less than a unit
public record StakeShare(OperatorId operatorId, long bonded, long share) {

    public StakeShare {
        if (bonded <= 0 || share < 0) {
            throw new IllegalArgumentException("no share of a stake: " + share + " by " + bonded);
        }
    }

    /// The documented bytes: see `protocol/README.md`, Settlements.
    public byte[] canonical() {
        var id = operatorId.value().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + id.length + 2 * Long.BYTES)
                .put((byte) id.length)
                .put(id)
                .putLong(bonded)
                .putLong(share)
                .array();
    }
}

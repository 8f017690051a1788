package io.streamsync.protocol.settlement;

import io.streamsync.protocol.market.OperatorId;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The stakers' share of a window, pro rata to bonded stakes, each rounded down. What that leaves waits for the next
/// window.
///
/// @param all of the operators that had anything bonded, ordered by id; none where there was nothing to share out
public record StakeShares(List<StakeShare> all) {

    public static final StakeShares NONE = new StakeShares(List.of());

    public StakeShares {
        all = List.copyOf(all);
        for (var i = 1; i < all.size(); i++) {
            if (all.get(i - 1).operatorId().compareTo(all.get(i).operatorId()) >= 0) {
                throw new IllegalArgumentException(
                        "operators out of order: " + all.get(i).operatorId());
            }
        }
    }

    /// @param nano to share out
    /// @param stakes nano-STRM, none of them negative
    public static StakeShares of(long nano, Map<OperatorId, Long> stakes) {
        var all = stakes.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        if (nano <= 0 || all.signum() <= 0) {
            return NONE;
        }
        return new StakeShares(stakes.entrySet().stream()
                .filter(stake -> stake.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(stake -> new StakeShare(stake.getKey(), stake.getValue(), part(nano, stake.getValue(), all)))
                .toList());
    }

    public long sum() {
        return all.stream().mapToLong(StakeShare::share).reduce(0, Math::addExact);
    }

    /// Of the tree of RFC 9162 over them, lower-case hex.
    public String root() {
        return HexFormat.of()
                .formatHex(MerkleTree.root(all.stream()
                        .map(share -> MerkleTree.leafHash(share.canonical()))
                        .toList()));
    }

    /// One behind the other.
    public byte[] canonical() {
        var leaves = all.stream().map(StakeShare::canonical).toList();
        var out = ByteBuffer.allocate(
                leaves.stream().mapToInt(leaf -> leaf.length).sum());
        leaves.forEach(out::put);
        return out.array();
    }

    /// @throws IllegalArgumentException when these are no such bytes
    public static StakeShares parse(byte[] canonical) {
        var all = new ArrayList<StakeShare>();
        try {
            for (var in = ByteBuffer.wrap(canonical); in.hasRemaining(); ) {
                var id = new byte[Byte.toUnsignedInt(in.get())];
                in.get(id);
                all.add(new StakeShare(
                        new OperatorId(new String(id, StandardCharsets.US_ASCII)), in.getLong(), in.getLong()));
            }
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("damaged: ends too early", cut);
        }
        return new StakeShares(all);
    }

    private static long part(long nano, long stake, BigInteger all) {
        return BigInteger.valueOf(nano)
                .multiply(BigInteger.valueOf(stake))
                .divide(all)
                .longValueExact();
    }
}

package io.streamsync.protocol.settlement;

import io.streamsync.protocol.canonical.Sha256;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is signed of a settlement. Its hash is in the next one: the headers are a chain.
///
/// @param epoch the window's number
/// @param startsAt Unix ms
/// @param endsAt Unix ms
/// @param root of the tree over the leaves, lower-case hex
/// @param previous hash of the header before, lower-case hex; zeros in the first
/// @param publicKey of the signature, 32 bytes as lower-case hex
/// @param stakersShare what was shared out to stakes when the window was sealed, nano-USDC
/// @param parametersVersions first the one in force, then the others that records name, ordered
/// @param ranges the records that are leaves: the leaves stand in this order, which is that of (router, incarnation)
/// @param sharedOut by what and to whom; null in headers of the first format, which do not say
public record SettlementHeader(
        long epoch,
        long startsAt,
        long endsAt,
        long leafCount,
        String root,
        String previous,
        String publicKey,
        Sums sums,
        long stakersShare,
        List<String> parametersVersions,
        List<StreamRange> ranges,
        @Nullable SharedOut sharedOut) {

    public static final String NO_PREVIOUS = "0".repeat(2 * Sha256.LENGTH);

    public SettlementHeader {
        parametersVersions = List.copyOf(parametersVersions);
        ranges = List.copyOf(ranges);
        if (leafCount != ranges.stream().mapToLong(StreamRange::length).sum()) {
            throw new IllegalArgumentException("the leaves are not those of the ranges");
        }
    }

    /// A header of the first format.
    public SettlementHeader(
            long epoch,
            long startsAt,
            long endsAt,
            long leafCount,
            String root,
            String previous,
            String publicKey,
            Sums sums,
            long stakersShare,
            List<String> parametersVersions,
            List<StreamRange> ranges) {
        this(
                epoch,
                startsAt,
                endsAt,
                leafCount,
                root,
                previous,
                publicKey,
                sums,
                stakersShare,
                parametersVersions,
                ranges,
                null);
    }

    /// The documented bytes: see `protocol/README.md`, Settlements.
    public byte[] canonical() {
        return HeaderBytes.write(this);
    }

    /// @throws IllegalArgumentException when the bytes are no header
    public static SettlementHeader parse(byte[] canonical) {
        return HeaderBytes.read(canonical);
    }

    /// Lower-case hex.
    public String hash() {
        return Sha256.hex(canonical());
    }

    public byte[] sign(PrivateKey key) {
        return Ed25519.sign(key, canonical());
    }

    /// Whether the signature is that of the key that the header names. Whose key it is, the reader has to know.
    public boolean isSigned(byte[] signature) {
        return Ed25519.isSigned(HexFormat.of().parseHex(publicKey), canonical(), signature);
    }

    /// As the public interfaces give bytes.
    public String base64() {
        return Base64.getEncoder().encodeToString(canonical());
    }
}

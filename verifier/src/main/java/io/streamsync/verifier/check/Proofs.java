package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.InclusionProof;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.StreamName;
import java.util.HexFormat;
import java.util.Optional;

/// Reads proofs.
final class Proofs {

    private Proofs() {}

    /// Whether it is one of the race that was asked for, and the path leads from the leaf to the root that was signed.
    static boolean leads(SettlementHeader header, Proof proof, String raceId) {
        try {
            var path = proof.path().stream().map(HexFormat.of()::parseHex).toList();
            return proof.raceId().equals(raceId)
                    && proof.leafCount() == header.leafCount()
                    && new InclusionProof(proof.index(), proof.leafCount(), path)
                            .leadsTo(HexFormat.of().parseHex(header.root()), MerkleTree.leafHash(proof.leafBytes()));
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    /// Whose leaf it is: the leaves stand in the order of the ranges.
    static Optional<StreamName> stream(SettlementHeader header, Proof proof) {
        var left = proof.index();
        for (var range : header.ranges()) {
            if (left < range.length()) {
                return Optional.of(ChainCheck.stream(range));
            }
            left -= range.length();
        }
        return Optional.empty();
    }

    /// Empty when the leaf is no ANSWERED.
    static Optional<PublicRecord.Answered> answered(Proof proof) {
        try {
            return StreamRecords.decodePublic(proof.leafBytes()) instanceof PublicRecord.Answered answered
                    ? Optional.of(answered)
                    : Optional.empty();
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}

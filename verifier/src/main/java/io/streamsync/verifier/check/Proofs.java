package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.InclusionProof;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.publication.Proof;
import java.util.HexFormat;
import java.util.Optional;

/// Reads proofs.
final class Proofs {

    private Proofs() {}

    /// Whether the path leads from the leaf to the root that was signed.
    static boolean leads(SettlementHeader header, Proof proof) {
        try {
            var path = proof.path().stream().map(HexFormat.of()::parseHex).toList();
            return proof.leafCount() == header.leafCount()
                    && new InclusionProof(proof.index(), proof.leafCount(), path)
                            .leadsTo(HexFormat.of().parseHex(header.root()), MerkleTree.leafHash(proof.leafBytes()));
        } catch (IllegalArgumentException notHex) {
            return false;
        }
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

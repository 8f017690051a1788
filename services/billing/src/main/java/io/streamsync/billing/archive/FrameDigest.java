package io.streamsync.billing.archive;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.settlement.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// What settlements need of records in sequence: the hashes of their leaves, one behind the other, what they come to,
/// and which versions of the parameters they name.
@SuppressWarnings("ArrayRecordComponent") // a million hashes; nobody compares digests
public record FrameDigest(byte[] leafHashes, Sums sums, List<String> versions) {

    /// @param records of the frame, decoded
    /// @throws IllegalArgumentException when one of them cannot be
    static FrameDigest of(Frame frame, List<StreamRecord> records, Function<String, Parameters> parameters) {
        var hashes = new byte[records.size() * Sha256.LENGTH];
        var tally = new Tally(parameters);
        for (var index = 0; index < records.size(); index++) {
            var record = frame.records().get(index);
            var hash = MerkleTree.leafHash(record, StreamRecords.publicLength(record));
            System.arraycopy(hash, 0, hashes, index * Sha256.LENGTH, Sha256.LENGTH);
            tally.add(records.get(index));
        }
        return new FrameDigest(hashes, tally.sums(), List.copyOf(tally.versions()));
    }

    public int count() {
        return leafHashes.length / Sha256.LENGTH;
    }

    public byte[] leafHash(int index) {
        return Arrays.copyOfRange(leafHashes, index * Sha256.LENGTH, (index + 1) * Sha256.LENGTH);
    }

    /// As the database reads an array.
    String sumsAsArray() {
        return "{%d,%d,%d,%d,%d,%d,%d}"
                .formatted(
                        sums.charged(),
                        sums.refunded(),
                        sums.operators(),
                        sums.verifiers(),
                        sums.stakers(),
                        sums.treasury(),
                        sums.insurance());
    }

    static Sums sums(Long[] array) {
        return new Sums(array[0], array[1], array[2], array[3], array[4], array[5], array[6]);
    }
}

package io.streamsync.verifier.publication;

import java.util.List;

/// That a race's ANSWERED is a leaf of a settlement.
///
/// @param path hashes from the bottom up, lower-case hex
/// @param root lower-case hex
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Proof(String raceId, byte[] leafBytes, long index, long leafCount, List<String> path, String root) {

    public Proof {
        path = List.copyOf(path);
    }
}

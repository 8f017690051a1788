package io.streamsync.verifier.publication;

import java.util.List;

/// What a settlement corrects of the windows before, as it is shown beside the signed bytes.
///
/// @param count of all
/// @param first of them
public record Corrections(long count, List<Correction> first) {

    public static final Corrections NONE = new Corrections(0, List.of());

    public Corrections {
        first = List.copyOf(first);
    }
}

package io.streamsync.verifier.publication;

import java.util.Optional;

/// Between which settlements one stands in the list of all: their epochs do not say so where the epochs' length
/// changed.
///
/// @param before the epoch of the settlement before; empty where none is listed
/// @param after the epoch of the settlement after; empty where none is listed
public record Neighbours(Optional<Long> before, Optional<Long> after) {

    static final Neighbours NONE = new Neighbours(Optional.empty(), Optional.empty());
}

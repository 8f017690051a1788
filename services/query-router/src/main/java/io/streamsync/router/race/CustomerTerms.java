package io.streamsync.router.race;

import io.streamsync.protocol.draw.Terms;

/// The customer's terms: those of the draw, and what answers must satisfy.
///
/// @param minSlot the slot that answers must have reached, or -1
record CustomerTerms(Terms draw, long minSlot) {

    static final long NO_SLOT = -1;
}

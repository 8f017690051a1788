package io.streamsync.protocol.market;

/// One node's place in one class: its ask, and how good it is there.
///
/// @param performance the performance score in millionths
/// @param quality the quality of protocol, Who is asked, 2, in millionths; up to 1 460 517
public record Offer(Ask ask, int performance, int quality) {}

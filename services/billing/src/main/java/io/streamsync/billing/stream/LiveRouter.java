package io.streamsync.billing.stream;

import org.jspecify.annotations.Nullable;

/// A router that called lately.
///
/// @param internalUrl where it answers other services; null where it never said
public record LiveRouter(int routerId, @Nullable String internalUrl) {}

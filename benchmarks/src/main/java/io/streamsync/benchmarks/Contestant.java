package io.streamsync.benchmarks;

import io.streamsync.benchmarks.load.Load;
import org.jspecify.annotations.Nullable;

/// One way to a node, or to several.
///
/// @param process whose CPU counts; null for none between client and node
/// @param isJvm whether what it allocates can be told
record Contestant(String name, Load load, @Nullable ProcessHandle process, boolean isJvm) {}

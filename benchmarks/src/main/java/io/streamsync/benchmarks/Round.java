package io.streamsync.benchmarks;

import io.streamsync.benchmarks.load.Result;

/// One contestant's run of a few seconds.
///
/// @param cpuMicros of its process per query; NaN where there is none
/// @param allocatedBytes of its process per query; NaN where it is no JVM
record Round(Result result, double cpuMicros, double allocatedBytes) {}

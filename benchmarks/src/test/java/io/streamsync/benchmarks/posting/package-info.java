/// How fast billing posts what lies in Kafka. In: frames of made-up routers. Out: charges per second, CPU of each
/// process.
@NullMarked
package io.streamsync.benchmarks.posting;

import org.jspecify.annotations.NullMarked;

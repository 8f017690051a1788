/// The parts of a query that decide rather than wait, one by one: `benchmarks/parts`.
@NullMarked
package io.streamsync.benchmarks.part;

import org.jspecify.annotations.NullMarked;

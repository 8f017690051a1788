/// Nodes that cost far less than what is measured: one process plays all operators' nodes.
@NullMarked
package io.streamsync.benchmarks.node;

import org.jspecify.annotations.NullMarked;

/// Load from outside, as any client would make it: requests that never repeat, at a constant rate or as fast as answers
/// come.
@NullMarked
package io.streamsync.benchmarks.load;

import org.jspecify.annotations.NullMarked;

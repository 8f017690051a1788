/// Time-decayed scores and outlier flags. In: observations of races and probes, compared answers. Out: performance,
/// accuracy, uptime, whose answers differ too often.
@NullMarked
package io.streamsync.protocol.score;

import org.jspecify.annotations.NullMarked;

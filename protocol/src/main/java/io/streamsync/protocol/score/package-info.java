/// Time-decayed scores. In: observations of races and probes. Out: performance, accuracy, uptime.
@NullMarked
package io.streamsync.protocol.score;

import org.jspecify.annotations.NullMarked;

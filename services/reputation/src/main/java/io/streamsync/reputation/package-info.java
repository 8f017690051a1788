/// The reputation service: what races and probes show of nodes and operators, as scores that fade.
@NullMarked
package io.streamsync.reputation;

import org.jspecify.annotations.NullMarked;

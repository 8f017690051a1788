/// Decides what a race shows of the nodes that ran it. In: frames of race records. Out: observations, each race once.
@NullMarked
package io.streamsync.reputation.observation;

import org.jspecify.annotations.NullMarked;

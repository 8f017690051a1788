/// What makes draws replayable. In: commitments, secrets, snapshots, race records. Out: each epoch with all of it.
@NullMarked
package io.streamsync.billing.epoch;

import org.jspecify.annotations.NullMarked;

/// The router's secrets and sequence. In: the clock. Out: a secret per epoch, committed before the epoch and revealed
/// after its end mark is posted; the gapless numbers of races.
@NullMarked
package io.streamsync.router.epoch;

import org.jspecify.annotations.NullMarked;

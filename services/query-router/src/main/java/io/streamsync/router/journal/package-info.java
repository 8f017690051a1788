/// The crash-safe local journal of one router's stream. In: records of races, leases and epochs, from any thread.
/// Out: the same records in the order of their positions, to whoever forwards them, until billing has them.
@NullMarked
package io.streamsync.router.journal;

import org.jspecify.annotations.NullMarked;

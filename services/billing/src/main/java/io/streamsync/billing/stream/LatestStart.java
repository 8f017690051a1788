package io.streamsync.billing.stream;

import java.util.Set;

/// A router's start as it stands when another one reports. It goes before a process that has not got its journal: that
/// may be the one of a living router under the same id.
///
/// @param called whether it has called for credit: if not, it has none and sells nothing
/// @param heard whether its last call is so near that it has to be taken for alive
/// @param over whether its stream has ended, or was given up
record LatestStart(StreamId id, boolean called, boolean heard, boolean over) {

    /// @param earlier the starts that the new process has the journal of: by the lock on it they are dead
    boolean goesBefore(Set<Integer> earlier) {
        return called && heard && !over && !earlier.contains(id.incarnation());
    }
}

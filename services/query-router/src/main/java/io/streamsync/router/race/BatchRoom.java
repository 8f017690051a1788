package io.streamsync.router.race;

import io.streamsync.router.node.NodeClient;

/// What the answers of one batch may take together: they are held until the last of them is there. Belongs to the
/// batch's loop.
final class BatchRoom {

    /// As much as the largest answer that is held alone.
    private int left = NodeClient.LARGEST_HELD;

    private boolean full;

    /// @return false when the batch has no room for it
    boolean take(int bytes) {
        if (bytes > left) {
            full = true;
            return false;
        }
        left -= bytes;
        return true;
    }

    /// Whether nothing is left, or there was an answer that it had no room for.
    boolean isFull() {
        return full || left == 0;
    }
}

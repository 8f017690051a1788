package io.streamsync.router.race;

/// What the answers of one batch may take together: they are held until the last of them is there. Belongs to the
/// batch's loop.
final class BatchRoom {

    /// As much as the largest answer that is held alone.
    private static final int LARGEST = 16 * 1024 * 1024;

    private int left = LARGEST;

    /// @return false when the batch has no room for it
    boolean take(int bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }
}

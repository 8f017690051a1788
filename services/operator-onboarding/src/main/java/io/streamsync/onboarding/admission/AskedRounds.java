package io.streamsync.onboarding.admission;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Rounds that operators ask for: one of a node at a time, and so few that those that are due go on. A round of a node
/// that answers slowly takes most of a minute.
class AskedRounds {

    private static final int AT_ONCE = 4;

    private final Set<NodeId> running = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Duration patience;

    /// @param patience for how long a round waits for its place
    AskedRounds(Duration patience) {
        this.patience = patience;
    }

    void run(NodeId nodeId, Runnable round) {
        if (!running.add(nodeId)) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "The node is being checked already. Look at its checks when that round is over.");
        }
        try {
            inAPlace(free, patience, round);
        } finally {
            running.remove(nodeId);
        }
    }

    /// @throws Refusal when there is no place for too long
    static void inAPlace(Semaphore places, Duration patience, Runnable round) {
        if (!isFree(places, patience)) {
            throw new Refusal(ProblemCode.UNAVAILABLE, "Many nodes are being checked at the moment. Try again soon.");
        }
        try {
            round.run();
        } finally {
            places.release();
        }
    }

    private static boolean isFree(Semaphore places, Duration patience) {
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

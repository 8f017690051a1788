package io.streamsync.router.flow;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The long answers on their way to customers: a router that stops breaks them off itself, so that nobody pays
/// for what it cut short.
public final class Deliveries {

    private final Set<LargeAnswer> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /// From any thread; no more begin after.
    public void breakOff() {
        over = true;
        underWay.forEach(LargeAnswer::breakOffOnItsLoop);
    }

    boolean areOver() {
        return over;
    }

    /// @return false when there are to be no more
    boolean begin(LargeAnswer answer) {
        underWay.add(answer);
        return !over;
    }

    void end(LargeAnswer answer) {
        underWay.remove(answer);
    }
}

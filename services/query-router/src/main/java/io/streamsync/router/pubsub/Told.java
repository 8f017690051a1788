package io.streamsync.router.pubsub;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What was told of which account or transaction, as far back as nodes may be apart. All broadcasts together remember a
/// bounded number: where that is reached, each forgets what it was told first.
final class Told {

    /// What a busy chain does in ten seconds.
    private static final int MOST = 65_536;

    /// What each may remember however much others do.
    private static final int FEW = 256;

    private final SequencedMap<Long, Long> slots = new LinkedHashMap<>();
    private final Budget budget;
    private int taken;

    /// @param budget of all broadcasts, in entries
    Told(Budget budget) {
        this.budget = budget;
    }

    /// Notes it when it was not told before.
    boolean isFirst(long identity, long slot) {
        if (slots.containsKey(identity)) {
            return false;
        }
        add(identity, slot);
        return true;
    }

    /// Notes it when nothing as new was told before.
    boolean isNewer(long identity, long slot) {
        var known = slots.get(identity);
        if (known == null) {
            add(identity, slot);
            return true;
        }
        if (known >= slot) {
            return false;
        }
        slots.remove(identity); // so that what is told often is not the eldest
        slots.put(identity, slot);
        return true;
    }

    void forget() {
        slots.clear();
        budget.give(taken);
        taken = 0;
    }

    int size() {
        return slots.size();
    }

    private void add(long identity, long slot) {
        if (slots.size() >= FEW && !mayGrow()) {
            slots.pollFirstEntry();
        }
        slots.put(identity, slot);
    }

    private boolean mayGrow() {
        var grows = slots.size() < MOST && budget.take(1);
        if (grows) {
            taken++;
        }
        return grows;
    }
}

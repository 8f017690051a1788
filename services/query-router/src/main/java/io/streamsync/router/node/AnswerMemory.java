package io.streamsync.router.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of long answers the router holds: nodes decide how much they send, customers how fast they read it,
/// and races keep answers until they are compared. Short answers are not counted; their number is bounded by the
/// queries in flight. Counters only, no lock.
public final class AnswerMemory {

    /// Up to here an answer is short.
    static final int SHORT = 64 * 1024;

    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final AtomicInteger holders = new AtomicInteger();
    private final Map<String, Share> shares = new ConcurrentHashMap<>();
    private final Share own = new Share();

    AnswerMemory(long most) {
        this.most = most;
    }

    /// @return false when there is no room now
    boolean grow(int from, int to) {
        return take(counted(to) - counted(from));
    }

    void shrink(int from, int to) {
        held.addAndGet(counted(to) - counted(from));
    }

    /// What answers to the router's own questions take.
    Share own() {
        return own;
    }

    /// What this customer's answers take.
    Share of(String accountId) {
        var known = shares.get(accountId);
        return known != null ? known : shares.computeIfAbsent(accountId, _ -> new Share());
    }

    long held() {
        return held.get();
    }

    /// Forgets customers of whom nothing is held. One that comes meanwhile has two shares for that moment.
    void tidy() {
        shares.values().removeIf(share -> share.taken.get() == 0);
    }

    /// How many customers are remembered.
    int size() {
        return shares.size();
    }

    private boolean take(long more) {
        if (more > 0 && held.addAndGet(more) > most) {
            held.addAndGet(-more);
            return false;
        }
        return true;
    }

    /// From here on by equal shares: so there is room for whoever comes when one customer has all it can get.
    private long scarce() {
        return most / 2;
    }

    private static long counted(int length) {
        return length > SHORT ? length : 0;
    }

    /// One customer's part: one alone gets half of all, and where that is taken nobody more than all have equally
    /// (protocol, Access). It comes back as its answers end.
    public final class Share {

        /// What every customer may have as long as there is any: the long answers of one race.
        private static final long LEAST = 4L * 1024 * 1024;

        private final AtomicLong taken = new AtomicLong();

        /// Whether there is no room now for the long answers of one more race.
        public boolean isFull() {
            var now = held.get();
            var more = now + LEAST;
            return now > 0 && (more > most || (more > scarce() && taken.get() + LEAST > equal()));
        }

        /// @return false when there is no room for it now
        boolean grow(int from, int to) {
            var more = counted(to) - counted(from);
            if (more <= 0) {
                return true;
            }
            if (!take(more)) {
                return false;
            }
            add(more);
            if (held.get() > scarce() && taken.get() > equal()) {
                give(more);
                return false;
            }
            return true;
        }

        /// The same for what is only of use while there is plenty.
        boolean growIfPlenty(int from, int to) {
            var more = counted(to) - counted(from);
            return held.get() + more <= scarce() && grow(from, to);
        }

        /// From any thread.
        public void shrink(int from, int to) {
            give(counted(from) - counted(to));
        }

        private void add(long more) {
            if (taken.getAndAdd(more) == 0) {
                holders.incrementAndGet();
            }
        }

        private void give(long less) {
            if (less != 0) {
                held.addAndGet(-less);
                if (taken.addAndGet(-less) == 0) {
                    holders.decrementAndGet();
                }
            }
        }

        private long equal() {
            return Math.max(LEAST, scarce() / Math.max(1, holders.get()));
        }
    }
}

package io.streamsync.billing.usage;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one batch adds to the hourly sums.
public final class UsageOfBatch {

    /// Of an hour.
    private static final long SECONDS = 3_600;

    final Map<Key, Counts> methods = new HashMap<>();
    final Map<Key, Counts> operators = new HashMap<>();
    final Map<EarnedKey, Earned> earnings = new HashMap<>();
    private final long closed;

    /// @param closed what happened before counts as of then
    public UsageOfBatch(Instant closed) {
        this.closed = closed.getEpochSecond();
    }

    /// A race that was asked.
    ///
    /// @param winner null when nobody answered
    /// @param price its ask, also when it is not charged
    /// @param fee what of it was charged, whoever paid
    /// @param paid what of that the customer paid: nothing where its lease was closed before
    /// @param earned the operator's share
    public void asked(
            CustomerId customer,
            Instant at,
            String method,
            QueryClass queryClass,
            @Nullable OperatorId winner,
            long price,
            long fee,
            long paid,
            long earned) {
        var hour = hour(at);
        of(methods, customer, hour, method).add(1, price, price - paid);
        of(operators, customer, hour, winner == null ? "" : winner.value()).add(1, price, price - paid);
        if (winner != null) {
            earned(winner, hour, queryClass, method).add(1, 0, price, price - fee, earned);
        }
    }

    /// What a subscription cost.
    ///
    /// @param opened whether it is its opening, which counts as a query
    /// @param earned the operator's share
    public void subscribed(
            CustomerId customer,
            Instant at,
            String method,
            QueryClass queryClass,
            OperatorId operator,
            boolean opened,
            long fee,
            long earned) {
        var hour = hour(at);
        var queries = opened ? 1 : 0;
        of(methods, customer, hour, method).add(queries, fee, 0);
        of(operators, customer, hour, operator.value()).add(queries, fee, 0);
        earned(operator, hour, queryClass, method).add(queries, 0, fee, 0, earned);
    }

    /// A fee that was given back after it had been charged.
    public void reversed(Reversed race) {
        var hour = hour(race.at());
        var customer = race.customer();
        if (customer != null) {
            of(methods, customer, hour, race.method()).add(0, 0, race.fee());
            of(operators, customer, hour, race.winner().value()).add(0, 0, race.fee());
        }
        earned(race.winner(), hour, race.queryClass(), race.method()).add(0, 0, 0, race.fee(), -race.earned());
    }

    /// A share for having checked.
    public void checked(OperatorId checker, Instant at, String method, QueryClass queryClass, long earned) {
        earned(checker, hour(at), queryClass, method).add(0, 1, 0, 0, earned);
    }

    /// Seconds since 1970 at the beginning of the hour in which it counts.
    private long hour(Instant at) {
        var second = Math.max(at.getEpochSecond(), closed);
        return second - Math.floorMod(second, SECONDS);
    }

    private Earned earned(OperatorId operator, long hour, QueryClass queryClass, String method) {
        return earnings.computeIfAbsent(
                new EarnedKey(operator.value(), hour, queryClass.wireName(), method), _ -> new Earned());
    }

    private static Counts of(Map<Key, Counts> sums, CustomerId customer, long hour, String by) {
        return sums.computeIfAbsent(new Key(customer.value(), hour, by), _ -> new Counts());
    }

    /// @param customer who gets it back; null where the insurance had paid
    /// @param earned what the winner had of it
    public record Reversed(
            @Nullable CustomerId customer,
            Instant at,
            String method,
            QueryClass queryClass,
            OperatorId winner,
            long fee,
            long earned) {}

    /// In one order for all batches, so that two of them do not wait for each other's rows.
    record Key(String of, long hour, String by) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            var byOf = of.compareTo(other.of);
            var byHour = byOf != 0 ? byOf : Long.compare(hour, other.hour);
            return byHour != 0 ? byHour : by.compareTo(other.by);
        }
    }

    record EarnedKey(String operator, long hour, String queryClass, String method) {}

    /// What is added to one sum of a customer's. Counts up: every race does.
    static final class Counts {
        private long queries;
        private long charged;
        private long refunded;

        void add(long moreQueries, long moreCharged, long moreRefunded) {
            queries += moreQueries;
            charged = Math.addExact(charged, moreCharged);
            refunded = Math.addExact(refunded, moreRefunded);
        }

        long queries() {
            return queries;
        }

        long charged() {
            return charged;
        }

        long refunded() {
            return refunded;
        }
    }

    /// What is added to one sum of an operator's.
    static final class Earned {
        private long wins;
        private long checks;
        private long charged;
        private long refunded;
        private long earned;

        void add(long moreWins, long moreChecks, long moreCharged, long moreRefunded, long moreEarned) {
            wins += moreWins;
            checks += moreChecks;
            charged = Math.addExact(charged, moreCharged);
            refunded = Math.addExact(refunded, moreRefunded);
            earned = Math.addExact(earned, moreEarned);
        }

        long wins() {
            return wins;
        }

        long checks() {
            return checks;
        }

        long charged() {
            return charged;
        }

        long refunded() {
            return refunded;
        }

        long earned() {
            return earned;
        }
    }
}

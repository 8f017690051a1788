package io.streamsync.billing.usage;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one batch adds to the hourly sums.
public final class UsageOfBatch {

    final Map<Key, Counts> methods = new HashMap<>();
    final Map<Key, Counts> operators = new HashMap<>();
    final Map<EarnedKey, Earned> earnings = new HashMap<>();
    private final Instant closed;

    /// @param closed what happened before counts as of then
    public UsageOfBatch(Instant closed) {
        this.closed = closed;
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
        var counts = new Counts(1, price, price - paid);
        add(methods, new Key(customer.value(), hour, method), counts);
        add(operators, new Key(customer.value(), hour, winner == null ? "" : winner.value()), counts);
        if (winner != null) {
            earn(winner, hour, queryClass, method, new Earned(1, 0, price, price - fee, earned));
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
        var counts = new Counts(queries, fee, 0);
        add(methods, new Key(customer.value(), hour, method), counts);
        add(operators, new Key(customer.value(), hour, operator.value()), counts);
        earn(operator, hour, queryClass, method, new Earned(queries, 0, fee, 0, earned));
    }

    /// A fee that was given back after it had been charged.
    public void reversed(Reversed race) {
        var hour = hour(race.at());
        var customer = race.customer();
        if (customer != null) {
            var counts = new Counts(0, 0, race.fee());
            add(methods, new Key(customer.value(), hour, race.method()), counts);
            add(operators, new Key(customer.value(), hour, race.winner().value()), counts);
        }
        earn(race.winner(), hour, race.queryClass(), race.method(), new Earned(0, 0, 0, race.fee(), -race.earned()));
    }

    /// A share for having checked.
    public void checked(OperatorId checker, Instant at, String method, QueryClass queryClass, long earned) {
        earn(checker, hour(at), queryClass, method, new Earned(0, 1, 0, 0, earned));
    }

    private Instant hour(Instant at) {
        return (at.isBefore(closed) ? closed : at).truncatedTo(ChronoUnit.HOURS);
    }

    private void earn(OperatorId operator, Instant hour, QueryClass queryClass, String method, Earned earned) {
        earnings.merge(new EarnedKey(operator.value(), hour, queryClass.wireName(), method), earned, Earned::plus);
    }

    private static void add(Map<Key, Counts> sums, Key key, Counts counts) {
        sums.merge(key, counts, Counts::plus);
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

    record Key(String of, Instant hour, String by) {}

    record Counts(long queries, long charged, long refunded) {
        Counts plus(Counts other) {
            return new Counts(
                    queries + other.queries,
                    Math.addExact(charged, other.charged),
                    Math.addExact(refunded, other.refunded));
        }
    }

    record EarnedKey(String operator, Instant hour, String queryClass, String method) {}

    record Earned(long wins, long checks, long charged, long refunded, long earned) {
        Earned plus(Earned other) {
            return new Earned(
                    wins + other.wins,
                    checks + other.checks,
                    Math.addExact(charged, other.charged),
                    Math.addExact(refunded, other.refunded),
                    Math.addExact(earned, other.earned));
        }
    }
}

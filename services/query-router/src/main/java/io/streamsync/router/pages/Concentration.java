package io.streamsync.router.pages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;
import static java.util.stream.Collectors.toMap;

import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.router.pages.Activity.Served;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// In how few hands the market is, over operators as they count (decision 14).
///
/// @param of what is shared: `answered`, the races that were answered in the last 24 hours; `stake` while there are
/// none
/// @param largestShare 0 to 1
/// @param hhi the sum of the squared shares, 0 to 1
/// @param nakamoto how few hold more than half
public record Concentration(String of, double largestShare, double hhi, int nakamoto) {

    private static final double MILLION = 1_000_000;

    static Concentration of(MarketSnapshot snapshot, List<Served> served) {
        var answered = hands(snapshot, served);
        return answered.isEmpty() ? of("stake", stakes(snapshot)) : of("answered", answered);
    }

    /// An operator that is gone stands for itself.
    private static Collection<Double> hands(MarketSnapshot snapshot, List<Served> served) {
        var countsAs = snapshot.operators().stream()
                .collect(toMap(
                        operator -> operator.id().value(),
                        operator -> operator.countsAs().value()));
        return served.stream()
                .filter(operator -> operator.answered() > 0)
                .collect(groupingBy(
                        operator -> countsAs.getOrDefault(operator.operatorId(), operator.operatorId()),
                        summingDouble(Served::answered)))
                .values();
    }

    private static Collection<Double> stakes(MarketSnapshot snapshot) {
        return snapshot.operators().stream()
                .collect(groupingBy(ListedOperator::countsAs, summingDouble(ListedOperator::bondedStake)))
                .values();
    }

    private static Concentration of(String what, Collection<Double> held) {
        var total = held.stream().mapToDouble(part -> part).sum();
        if (total == 0) {
            return new Concentration(what, 0, 0, 0);
        }
        var shares = held.stream()
                .map(part -> part / total)
                .sorted(Comparator.reverseOrder())
                .toList();
        return new Concentration(
                what,
                rounded(shares.getFirst()),
                rounded(shares.stream().mapToDouble(share -> share * share).sum()),
                fewestWithMoreThanHalf(shares));
    }

    private static double rounded(double share) {
        return Math.round(share * MILLION) / MILLION;
    }

    private static int fewestWithMoreThanHalf(List<Double> shares) {
        var sum = 0.0;
        for (var i = 0; i < shares.size(); i++) {
            sum += shares.get(i);
            if (sum > 0.5) {
                return i + 1;
            }
        }
        return shares.size();
    }
}

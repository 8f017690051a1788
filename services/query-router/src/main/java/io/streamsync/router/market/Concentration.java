package io.streamsync.router.market;

import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// In how few hands something is, over operators as they count.
///
/// @param largestShare 0 to 1
/// @param hhi the sum of the squared shares, 0 to 1
/// @param nakamoto how few hold more than half
public record Concentration(double largestShare, double hhi, int nakamoto) {

    public static Concentration ofStake(MarketSnapshot snapshot) {
        var byGroup = snapshot.operators().stream()
                .collect(Collectors.groupingBy(
                        ListedOperator::countsAs, Collectors.summingDouble(ListedOperator::bondedStake)));
        var total = byGroup.values().stream().mapToDouble(stake -> stake).sum();
        if (total == 0) {
            return new Concentration(0, 0, 0);
        }
        var shares = byGroup.values().stream()
                .map(stake -> stake / total)
                .sorted(Comparator.reverseOrder())
                .toList();
        return new Concentration(
                shares.getFirst(),
                shares.stream().mapToDouble(share -> share * share).sum(),
                fewestWithMoreThanHalf(shares));
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

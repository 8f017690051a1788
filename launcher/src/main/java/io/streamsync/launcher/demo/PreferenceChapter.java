package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import io.streamsync.protocol.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The same queries with different wishes, side by side.
final class PreferenceChapter {

    private final Progress progress;
    private final Claims claims;
    private final Cast cast;

    PreferenceChapter(Progress progress, Claims claims, Cast cast) {
        this.progress = progress;
        this.claims = claims;
        this.cast = cast;
    }

    void tell(Traffic traffic) {
        var fastest = traffic.wishing(Query.FASTEST).toList();
        var cheapest = traffic.wishing(Query.CHEAPEST).toList();
        progress.say("");
        progress.say("Cheapest and fastest side by side, %d lookups each".formatted(fastest.size()));
        progress.say("  prefer       mean price USDC   median latency   served most by");
        tell(Query.FASTEST, fastest);
        tell(Query.CHEAPEST, cheapest);
        claims.check(
                meanPrice(cheapest) < meanPrice(fastest), "who prefers cheapest pays less than who prefers fastest");
    }

    private void tell(String preference, List<Asked> asked) {
        progress.say("  %-12s %-17s %7.1f ms       %s"
                .formatted(preference, Amount.decimal(meanPrice(asked)), medianLatency(asked), mostFrequent(asked)));
    }

    /// Of the queries that were charged: free ones would make a slow operator look cheap.
    private static long meanPrice(List<Asked> asked) {
        return Math.round(asked.stream()
                .filter(one -> one.paid().isPositive())
                .mapToLong(one -> one.paid().nanoUnits())
                .average()
                .orElse(0));
    }

    private static double medianLatency(List<Asked> asked) {
        var sorted = asked.stream().mapToDouble(Asked::latencyMs).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private String mostFrequent(List<Asked> asked) {
        return asked.stream()
                .collect(Collectors.groupingBy(Asked::operatorId, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> "%s (%d)".formatted(cast.name(most.getKey()), most.getValue()))
                .orElse("nobody");
    }
}

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
        progress.say("  prefer       paid USDC      winners ask, mean   median latency   served most by");
        tell(Query.FASTEST, fastest);
        tell(Query.CHEAPEST, cheapest);
        claims.check(meanAsk(cheapest) < meanAsk(fastest), "whom cheapest draws asks less than whom fastest draws");
    }

    private void tell(String preference, List<Asked> asked) {
        progress.say("  %-12s %-14s %-19s %7.1f ms       %s"
                .formatted(
                        preference,
                        new Traffic(asked).paid().decimal(),
                        Amount.decimal(meanAsk(asked)),
                        medianLatency(asked),
                        mostFrequent(asked)));
    }

    /// Also of the queries that were free, because they were late.
    private long meanAsk(List<Asked> asked) {
        return Math.round(asked.stream()
                .mapToLong(one -> cast.ask(one.nodeId(), "lookup").nanoUnits())
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

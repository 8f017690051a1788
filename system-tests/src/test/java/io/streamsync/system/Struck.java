package io.streamsync.system;

import static org.awaitility.Awaitility.await;

import io.streamsync.system.ClientLog.Entry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A moment at which something happened to a market under load: the races around it are those that it may have cost.
///
/// @param load whose clients asked then
/// @param races of which they had been told by then
record Struck(Load load, int races) {

    /// On either side. A proof of each is asked for, which takes some milliseconds.
    private static final int AROUND = 50;

    /// Few queries take longer; one that does is left out.
    private static final Duration ASKED_BEFORE = Duration.ofSeconds(1);

    static Struck now(Load load) {
        return new Struck(load, load.log().races().size());
    }

    /// The window that settled most of the races around the moment, once they are settled, and what the client was told
    /// of those.
    Settled settled(Duration patience) {
        var told = load.log().races();
        var around = told.subList(Math.max(0, races - AROUND), Math.min(told.size(), races + AROUND));
        var listed = await().atMost(patience)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> listed(around),
                        found -> !found.isEmpty()
                                && found.stream()
                                        .allMatch(
                                                race -> race.path("settlement").isObject()));
        var windows = listed.stream()
                .collect(Collectors.groupingBy(
                        race -> race.at("/settlement/epoch").asLong(),
                        Collectors.mapping(Struck::id, Collectors.toSet())));
        var most = windows.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparingInt(Set::size)))
                .orElseThrow();
        return new Settled(
                most.getKey(),
                around.stream()
                        .filter(entry -> most.getValue().contains(entry.race()))
                        .toList());
    }

    /// What the market says of them.
    private List<JsonNode> listed(List<Entry> around) {
        var ids = around.stream().map(Entry::race).collect(Collectors.toSet());
        var from = around.getFirst().told().minus(ASKED_BEFORE);
        var to = around.stream().map(Entry::told).max(Comparator.naturalOrder()).orElseThrow();
        return load.account().queries().items("/v1/races?from=" + from + "&to=" + to).stream()
                .filter(race -> ids.contains(id(race)))
                .toList();
    }

    private static String id(JsonNode race) {
        return race.path("raceId").asString();
    }

    /// @param receipts of races that the window of this epoch settled
    record Settled(long epoch, List<Entry> receipts) {}
}

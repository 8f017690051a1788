package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// All of an operator's nodes die in the middle of the traffic, and nobody's query fails for it.
final class OutageChapter {

    private static final int QUERIES = 120;
    private static final int KILLED_AT = 40;

    /// Races explained in search of one in which the dead operator was asked.
    private static final int LOOKED_AT = 40;

    private final Progress progress;
    private final Claims claims;
    private final Cast cast;

    OutageChapter(Progress progress, Claims claims, Cast cast) {
        this.progress = progress;
        this.claims = claims;
        this.cast = cast;
    }

    Traffic tell(Enrolled operator, QueryPlan queries, CustomerAccount account) {
        progress.say("");
        progress.say("An operator goes down: the processes of all nodes of %s are killed (SIGKILL) at query %d of %d"
                .formatted(operator.name(), KILLED_AT, QUERIES));
        var traffic = Traffic.send(
                account.asking(),
                queries.lookups(QUERIES),
                KILLED_AT,
                () -> operator.nodes().forEach(node -> Devnet.kill(node.process())));
        var since = new Traffic(traffic.asked().subList(KILLED_AT, QUERIES));
        progress.say("  won by %s: %d of %d before, %d of %d since"
                .formatted(
                        operator.name(),
                        new Traffic(traffic.asked().subList(0, KILLED_AT)).wonBy(operator),
                        KILLED_AT,
                        since.wonBy(operator),
                        since.asked().size()));
        tellARace(operator, since, new Races(account.asking()));
        var refusals = traffic.refusals();
        claims.check(
                refusals.isEmpty(),
                "none of the %d queries failed".formatted(QUERIES)
                        + (refusals.isEmpty() ? "" : ", but " + refusals.size() + ": " + refusals.getFirst()));
        return traffic;
    }

    /// One in which it was asked in vain, where there is one among the first: its circuit opens soon.
    private void tellARace(Enrolled operator, Traffic since, Races races) {
        IntStream.range(0, Math.min(LOOKED_AT, since.asked().size()))
                .mapToObj(since.asked()::get)
                .map(asked -> races.explained(asked.raceId()))
                .filter(race -> askedInVain(operator, race))
                .findFirst()
                .ifPresent(race -> progress.say("  race %.8s: %s was asked in vain, %s won after %.1f ms"
                        .formatted(
                                race.path("raceId").asString(""),
                                operator.name(),
                                cast.name(race.path("winner").path("operatorId").asString("nobody")),
                                race.path("latencyMs").asDouble(0))));
    }

    private static boolean askedInVain(Enrolled operator, JsonNode race) {
        return race.path("racers")
                .valueStream()
                .filter(racer -> racer.path("operatorId").asString("").equals(operator.operatorId()))
                .anyMatch(racer -> !racer.path("outcome").asString("").equals("answer"));
    }
}

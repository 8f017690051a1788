package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// One race explained: who could be drawn, who was, who answered when, who won and who gets what.
final class RaceChapter {

    private static final int CANDIDATES_SHOWN = 12;
    private static final double BASIS_POINTS_PER_PERCENT = 100;

    private final Progress progress;
    private final Claims claims;
    private final Cast cast;

    RaceChapter(Progress progress, Claims claims, Cast cast) {
        this.progress = progress;
        this.claims = claims;
        this.cast = cast;
    }

    void tell(Asked asked, JsonNode race) {
        progress.say("");
        progress.say("One race explained (GET /v1/races/" + asked.raceId() + ")");
        progress.say("  %s, class %s, %s; market snapshot %.8s, epoch %s"
                .formatted(
                        text(race, "method"),
                        text(race, "queryClass"),
                        text(race, "prefer"),
                        text(race, "snapshot"),
                        text(race, "epoch")));
        tellDraw(race);
        tellAnswers(race);
        tellOutcome(asked, race);
    }

    private void tellDraw(JsonNode race) {
        progress.say("  could be drawn                 asks USDC    chance of the first place");
        items(race, "candidates")
                .limit(CANDIDATES_SHOWN)
                .forEach(candidate -> progress.say("    %-28s %-12s %5.1f %%"
                        .formatted(
                                node(candidate),
                                text(candidate, "price"),
                                candidate.path("probability").asDouble() * 100)));
        items(race, "leftOut")
                .forEach(node -> progress.say("    %-28s left out: %s".formatted(node(node), text(node, "reason"))));
    }

    private void tellAnswers(JsonNode race) {
        progress.say("  asked at once                  place        latency      verdict");
        items(race, "racers")
                .forEach(racer -> progress.say("    %-28s %-12s %-12s %s"
                        .formatted(node(racer), text(racer, "place"), latency(racer), text(racer, "verdict"))));
    }

    private void tellOutcome(Asked asked, JsonNode race) {
        var sla = race.path("sla");
        progress.say("  %s: %s won after %s; %s; price %s USDC, shared"
                .formatted(
                        text(race, "status"),
                        node(race.path("winner")),
                        latency(race),
                        sla.isObject()
                                ? "the %s's SLA of %s ms was %s"
                                        .formatted(
                                                text(sla, "of"),
                                                text(sla, "maxLatencyMs"),
                                                sla.path("met").asBoolean() ? "met" : "missed")
                                : "no SLA",
                        text(race, "price")));
        items(race, "split")
                .forEach(share -> progress.say("    %-28s %5.1f %%      %s"
                        .formatted(
                                payee(text(share, "to")),
                                share.path("basisPoints").asInt() / BASIS_POINTS_PER_PERCENT,
                                text(share, "amount"))));
        var shares = items(race, "split")
                .mapToLong(share -> CustomerAccount.usdc(share.path("amount")).nanoUnits())
                .sum();
        claims.check(
                shares == asked.paid().nanoUnits(),
                "the shares add up to what was charged, " + asked.paid().decimal() + " USDC");
        claims.check(
                race.path("winner").path("operatorId").asString("").equals(asked.operatorId()),
                "the winner is the operator that the answer named");
    }

    private String payee(String to) {
        var parts = to.split(":", 2);
        return parts.length == 2 ? parts[0] + " " + cast.name(parts[1]) : to;
    }

    private String node(JsonNode node) {
        return cast.node(text(node, "operatorId"), text(node, "nodeId"));
    }

    private static String latency(JsonNode node) {
        var latency = node.path("latencyMs");
        return latency.isNumber() ? "%.1f ms".formatted(latency.asDouble()) : "-";
    }

    private static Stream<JsonNode> items(JsonNode node, String name) {
        return node.path(name).valueStream();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("-");
    }
}

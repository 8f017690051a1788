package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Who serves the market before and after all that, and how far it is from being anybody's.
final class SharesChapter {

    private static final double HALF = 0.5;

    private final Progress progress;
    private final Claims claims;
    private final Cast cast;
    private final PublicMarket market;

    SharesChapter(Progress progress, Claims claims, Cast cast, PublicMarket market) {
        this.progress = progress;
        this.claims = claims;
        this.cast = cast;
        this.market = market;
    }

    void tell(Traffic before, Traffic after) {
        progress.say("");
        progress.say("Who serves the market: the first %d balanced queries and the last %d"
                .formatted(before.asked().size(), after.asked().size()));
        progress.say("  operator             share before   share now   accuracy   uptime   state");
        var reputations = market.reputations();
        cast.operators().forEach(operator -> {
            var nodes = reputations.getOrDefault(operator.operatorId(), List.of());
            progress.say("  %-20s %9.1f %% %9.1f %%   %8.3f %8.3f   %s"
                    .formatted(
                            operator.name(),
                            before.share(operator),
                            after.share(operator),
                            mean(nodes, "accuracy"),
                            mean(nodes, "uptime"),
                            states(nodes)));
        });
        tellConcentration();
    }

    private void tellConcentration() {
        var concentration = market.network().path("concentration");
        var largest = concentration.path("largestShare").asDouble(1);
        var nakamoto = concentration.path("nakamoto").asInt(0);
        progress.say("  concentration (GET /v1/network) of %s: largest share %.3f, HHI %.3f, Nakamoto coefficient %d"
                .formatted(
                        concentration.path("of").asString("stake"),
                        largest,
                        concentration.path("hhi").asDouble(1),
                        nakamoto));
        claims.check(
                largest < HALF && nakamoto >= 2,
                "nobody has half of it: it takes %d operators to have more".formatted(nakamoto));
    }

    private static double mean(List<JsonNode> nodes, String score) {
        return nodes.stream()
                .mapToDouble(node -> node.path(score).asDouble(0))
                .average()
                .orElse(0);
    }

    private static String states(List<JsonNode> nodes) {
        return nodes.stream()
                .map(node ->
                        node.path("state").asString("") + (node.path("flagged").asBoolean(false) ? ", flagged" : ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
    }
}

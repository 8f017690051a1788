package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A promise that was not kept: the query was free, without a claim, and the account's list says why.
final class RefundChapter {

    /// A refund reaches the account within 2 s of its cause; a busy machine may take longer.
    private static final Awaiting LISTED = new Awaiting(Duration.ofSeconds(15));

    private static final int SHOWN = 5;

    private final Progress progress;
    private final Claims claims;
    private final Cast cast;

    RefundChapter(Progress progress, Claims claims, Cast cast) {
        this.progress = progress;
        this.claims = claims;
        this.cast = cast;
    }

    void tell(Asked asked, JsonNode race, CustomerAccount account) {
        progress.say("");
        progress.say("A promise that was not kept");
        progress.say("  %s won after %.1f ms where the %s's SLA was %s ms: charged %s USDC"
                .formatted(
                        cast.name(asked.operatorId()),
                        asked.latencyMs(),
                        text(race.path("sla"), "of"),
                        text(race.path("sla"), "maxLatencyMs"),
                        asked.paid().decimal()));
        var refunds = LISTED.until(account::refunds, listed -> isListed(asked.raceId(), listed));
        progress.say("  the account's refunds (GET /v1/account/refunds), %d of them:".formatted(refunds.size()));
        refunds.stream()
                .limit(SHOWN)
                .forEach(refund -> progress.say("    race %.8s  %-12s %s USDC"
                        .formatted(text(refund, "raceId"), text(refund, "reason"), text(refund, "amount"))));
        claims.check(asked.paid().nanoUnits() == 0, "nothing was charged for it");
        claims.check(
                race.path("refund").path("reason").asString("").equals("SLA_MISSED"),
                "the race names the refund SLA_MISSED");
        claims.check(isListed(asked.raceId(), refunds), "the account lists the refund with its race and reason");
    }

    private static boolean isListed(String raceId, List<JsonNode> refunds) {
        return refunds.stream()
                .anyMatch(refund -> text(refund, "raceId").equals(raceId)
                        && text(refund, "reason").equals("SLA_MISSED"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("-");
    }
}

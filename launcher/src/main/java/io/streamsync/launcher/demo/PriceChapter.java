package io.streamsync.launcher.demo;

import io.streamsync.launcher.market.Progress;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.util.Map;

/// An operator cuts its price by its own decision, with its own wallet, and wins more of the same queries.
final class PriceChapter {

    /// Enough that chance cannot turn the outcome: the dearest of six wins few, the quickest of the cheap ones many.
    private static final int QUERIES = 100;

    private static final Amount NEW_PRICE = Amount.usdc(2500);

    /// An ask counts from the next snapshot on, within 2 s; on a busy machine a little later.
    private static final Awaiting IN_FORCE = new Awaiting(Duration.ofSeconds(20));

    private final Progress progress;
    private final Claims claims;
    private final PublicMarket market;

    PriceChapter(Progress progress, Claims claims, PublicMarket market) {
        this.progress = progress;
        this.claims = claims;
        this.market = market;
    }

    Traffic tell(Enrolled operator, QueryPlan queries, CustomerAccount account) {
        progress.say("");
        progress.say(
                "A price is cut (PUT /v1/operators/{operatorId}/nodes/{nodeId}/asks/lookup, by the operator's wallet)");
        progress.say("  %d balanced lookups before and after".formatted(QUERIES));
        var before = Traffic.send(account.asking(), queries.lookups(QUERIES));
        tell(operator, operator.nodes().getFirst().process().price("lookup"), before);
        operator.nodes().forEach(node -> cut(operator, node));
        var inForce = IN_FORCE.until(() -> operator.nodes().stream()
                .allMatch(node ->
                        market.price(node.nodeId()).filter(NEW_PRICE::equals).isPresent()));
        claims.check(inForce, "the market asks the new price for all nodes of " + operator.name());
        var after = Traffic.send(account.asking(), queries.lookups(QUERIES));
        tell(operator, NEW_PRICE, after);
        claims.check(
                after.wonBy(operator) > before.wonBy(operator),
                "%s wins more since it asks less: %d of %d instead of %d"
                        .formatted(operator.name(), after.wonBy(operator), QUERIES, before.wonBy(operator)));
        return before.and(after);
    }

    private void tell(Enrolled operator, Amount price, Traffic traffic) {
        progress.say("  %s asks %-10s USDC, wins %4.1f %%; a query cost %s USDC on average"
                .formatted(
                        operator.name(),
                        price.decimal(),
                        traffic.share(operator),
                        Amount.decimal(
                                traffic.paid().nanoUnits() / traffic.asked().size())));
    }

    private static void cut(Enrolled operator, Enrolled.Node node) {
        var ask = node.process().asks().get("lookup");
        if (ask == null) {
            throw new IllegalArgumentException(operator.name() + " sells no lookups");
        }
        operator.session()
                .put(
                        operator.path() + "/nodes/" + node.nodeId() + "/asks/lookup",
                        Map.of(
                                "price", NEW_PRICE.decimal(),
                                "maxLatencyMs", ask.path("maxLatencyMs"),
                                "capacity", ask.path("capacity")));
    }
}

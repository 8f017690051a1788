package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.market.Progress;
import io.streamsync.launcher.process.Pause;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the demo shows: operators enrol, a customer asks 200 queries, and every number can be looked up.
final class Story {

    private static final Amount DEPOSIT = Amount.usdc(5 * Amount.NANO);

    /// An ask is in force everywhere within 2 s, on a busy machine a little later.
    private static final Duration MARKET_LIMIT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);

    private final String url;
    private final Api api;
    private final DevnetPlan plan;
    private final Progress progress;
    private final Claims claims;

    Story(String url, DevnetPlan plan, Progress progress) {
        this.url = url;
        this.plan = plan;
        this.progress = progress;
        api = new Api(url, "");
        claims = new Claims(progress);
    }

    /// @return the claims that did not hold
    List<String> tell(Installation installation, List<DevnetNode> nodes, StartTime startTime) {
        var cast = enrol(nodes);
        var account = CustomerAccount.open(api, DEPOSIT);
        progress.say("");
        progress.say("A customer opens an account: " + account.accountId() + ", with " + DEPOSIT.decimal()
                + " USDC of the sandbox (free money of this installation)");
        awaitMarket(cast);
        var traffic = ask(account, cast, startTime);
        tellChapters(traffic, account, cast);
        DemoFile.of(url, account, cast).write(installation);
        invite(account);
        return claims.broken();
    }

    private Cast enrol(List<DevnetNode> nodes) {
        progress.say("");
        progress.say("Operators enrol over the public API, like anyone: sign in with a wallet, stake, list nodes, ask");
        var cast = new Cast(new Operators(api, plan).enrol(nodes));
        cast.operators()
                .forEach(operator -> progress.say("  %-18s %s STRM at stake, %d nodes admitted, lookups for %s USDC"
                        .formatted(
                                operator.name(),
                                operator.stake().decimal(),
                                operator.nodes().size(),
                                operator.nodes()
                                        .getFirst()
                                        .process()
                                        .price("lookup")
                                        .decimal())));
        return cast;
    }

    /// Until the router sells lookups of every operator.
    private void awaitMarket(Cast cast) {
        var started = System.nanoTime();
        while (true) {
            var quote = api.post("/v1/quotes", Map.of("method", "getBalance"));
            var sellers = quote.path("asks")
                    .valueStream()
                    .map(ask -> ask.path("operatorId").asString(""))
                    .distinct()
                    .count();
            if (sellers == cast.operators().size()) {
                return;
            }
            if (System.nanoTime() - started > MARKET_LIMIT.toNanos()) {
                throw new Obstacle("only %d of %d operators sell lookups after %d s"
                        .formatted(sellers, cast.operators().size(), MARKET_LIMIT.toSeconds()));
            }
            Pause.sleep(POLL);
        }
    }

    private Traffic ask(CustomerAccount account, Cast cast, StartTime startTime) {
        var queries = new QueryPlan(plan).queries();
        var first = askFirst(account, queries.getFirst());
        progress.say("First answered query %.1f s after the command: %s by %s after %.1f ms"
                .formatted(
                        startTime.secondsAgo(),
                        first.query().method(),
                        cast.name(first.operatorId()),
                        first.latencyMs()));
        var asked = new ArrayList<>(List.of(first));
        asked.addAll(Traffic.send(account.asking(), queries.subList(1, queries.size()))
                .asked());
        var traffic = new Traffic(List.copyOf(asked));
        progress.say("%d queries asked: %d met their SLA, %d missed it and were free, %d had none"
                .formatted(
                        asked.size(),
                        traffic.withSla("met").count(),
                        traffic.withSla("missed").count(),
                        traffic.withSla("none").count()));
        return traffic;
    }

    /// Until the key and its credit are in force at the router; a refusal costs nothing.
    private static Asked askFirst(CustomerAccount account, Query query) {
        var started = System.nanoTime();
        while (true) {
            var asked = Traffic.ask(account.asking(), query, 0);
            if (asked.refusal().isEmpty()) {
                return asked;
            }
            if (System.nanoTime() - started > MARKET_LIMIT.toNanos()) {
                throw new Obstacle(
                        "the first query was not answered: " + asked.refusal().get());
            }
            Pause.sleep(POLL);
        }
    }

    private void tellChapters(Traffic traffic, CustomerAccount account, Cast cast) {
        var refusals = traffic.asked().stream()
                .flatMap(asked -> asked.refusal().stream())
                .toList();
        claims.check(
                refusals.isEmpty(),
                "all of them were answered" + (refusals.isEmpty() ? "" : ": " + refusals.getFirst()));
        var races = new Races(account.asking());
        var paid = traffic.wishing(Query.BALANCED)
                .filter(asked -> asked.paid().isPositive())
                .toList();
        claims.check(!paid.isEmpty(), "a balanced query was charged");
        // not every race of cheap nodes is checked: one that was shows more
        paid.stream()
                .filter(asked -> races.explained(asked.raceId())
                        .path("status")
                        .asString("")
                        .equals("CONFIRMED"))
                .findFirst()
                .or(() -> paid.stream().findFirst())
                .ifPresent(
                        asked -> new RaceChapter(progress, claims, cast).tell(asked, races.explained(asked.raceId())));
        var missed = traffic.missed();
        claims.check(missed.isPresent(), "a query missed its SLA");
        missed.ifPresent(asked ->
                new RefundChapter(progress, claims, cast).tell(asked, races.explained(asked.raceId()), account));
        new PreferenceChapter(progress, claims, cast).tell(traffic);
        new LedgerChapter(progress, claims).tell(traffic, account);
    }

    private void invite(CustomerAccount account) {
        progress.say("""

                The market is yours
                  URL             %1$s
                  API key         %2$s
                  management key  %3$s
                Try
                  curl -i %1$s -H 'X-API-Key: %2$s' -H 'Content-Type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"getBalance","params":["%4$s"]}'
                  curl %1$s/v1/account -H 'Authorization: Bearer %3$s'
                  curl %1$s/v1/quotes -H 'Content-Type: application/json' -d '{"method":"getAccountInfo","maxLatency":"60ms","prefer":"cheapest"}'
                """.formatted(
                url,
                account.asking().token(),
                account.managing().token(),
                plan.addresses("wallet").getFirst()).stripTrailing());
    }
}

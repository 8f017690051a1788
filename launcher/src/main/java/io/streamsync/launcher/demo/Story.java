package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.market.Composition;
import io.streamsync.launcher.market.Progress;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the demo shows: operators enrol, a customer asks, one operator is slow, one lies, one goes down, one cuts its
/// price; and every number can be looked up.
final class Story {

    private static final Amount DEPOSIT = Amount.usdc(5 * Amount.NANO);

    /// An ask is in force everywhere within 2 s, on a busy machine a little later.
    private static final Awaiting IN_FORCE = new Awaiting(Duration.ofSeconds(30));

    /// A router tries a node again that failed; the node itself takes seconds to load the Solana VM.
    private static final Awaiting BACK = new Awaiting(Duration.ofSeconds(30));

    private final Composition composition;
    private final Api api;
    private final PublicMarket market;
    private final DevnetPlan plan;
    private final QueryPlan queries;
    private final Progress progress;
    private final Claims claims;

    Story(Composition composition, DevnetPlan plan, Progress progress) {
        this.composition = composition;
        this.plan = plan;
        this.progress = progress;
        api = new Api(composition.url(), "");
        market = new PublicMarket(api);
        queries = new QueryPlan(plan);
        claims = new Claims(progress);
    }

    /// @return the claims that did not hold
    List<String> tell(Installation installation, Devnet devnet, List<DevnetNode> nodes, StartTime startTime) {
        var cast = enrol(installation, nodes);
        var account = CustomerAccount.open(api, DEPOSIT);
        progress.say("");
        progress.say("A customer opens an account: " + account.accountId() + ", with " + DEPOSIT.decimal()
                + " USDC of the sandbox (free money of this installation)");
        awaitMarket(cast);
        var earnings = EarningsChapter.begin(progress, claims, cast);
        var first = ask(account, cast, startTime);
        tellFirst(first, account, cast);
        var told = first.and(
                new PriceChapter(progress, claims, market).tell(cast.playing("discounter"), queries, account));
        told = told.and(new OutageChapter(progress, claims, cast).tell(cast.playing("unsteady"), queries, account));
        cast = bringBack(cast, devnet);
        told = told.and(new LiarChapter(progress, claims, market).tell(cast.playing("liar"), queries, account));
        told = told.and(welcomeBack(cast.playing("unsteady"), account));
        var last = Traffic.send(account.asking(), queries.lookups(QueryPlan.BALANCED_LOOKUPS));
        new SharesChapter(progress, claims, cast, market).tell(balancedLookups(first), last);
        told = told.and(last);
        told = told.and(new RedemptionChapter(progress, claims, market).tell(cast.playing("liar"), queries, account));
        checkAnswered(told);
        earnings.tell(cast, new LedgerChapter(progress, claims).tell(told, account));
        DemoFile.of(composition.url(), account, cast).write(installation);
        new Invitation(composition, account, cast, plan).say(progress);
        return claims.broken();
    }

    private Cast enrol(Installation installation, List<DevnetNode> nodes) {
        var operators = new Operators(api, plan);
        var last = Generation.last(installation);
        var generation = operators.depart(last) ? last.next() : last;
        generation.remember(installation);
        progress.say("");
        progress.say("Operators enrol over the public API, like anyone: sign in with a wallet, stake, list nodes, ask");
        var cast = new Cast(operators.enrol(generation, nodes));
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
        var sellers = IN_FORCE.until(
                market::sellers, seen -> seen.size() == cast.operators().size());
        if (sellers.size() != cast.operators().size()) {
            throw new Obstacle("only %d of %d operators sell lookups after %d s"
                    .formatted(
                            sellers.size(),
                            cast.operators().size(),
                            IN_FORCE.limit().toSeconds()));
        }
    }

    private Traffic ask(CustomerAccount account, Cast cast, StartTime startTime) {
        var all = queries.queries();
        var first = askFirst(account, all.getFirst());
        progress.say("First answered query %.1f s after the command: %s by %s after %.1f ms"
                .formatted(
                        startTime.secondsAgo(),
                        first.query().method(),
                        cast.name(first.operatorId()),
                        first.latencyMs()));
        var traffic = new Traffic(List.of(first)).and(Traffic.send(account.asking(), all.subList(1, all.size())));
        progress.say("%d queries asked: %d met their SLA, %d missed it and were free, %d had none"
                .formatted(
                        traffic.asked().size(),
                        traffic.withSla("met").count(),
                        traffic.withSla("missed").count(),
                        traffic.withSla("none").count()));
        return traffic;
    }

    /// Until the key and its credit are in force at the router; a refusal costs nothing.
    private static Asked askFirst(CustomerAccount account, Query query) {
        var asked = IN_FORCE.until(
                () -> Traffic.ask(account.asking(), query, 0),
                answer -> answer.refusal().isEmpty());
        asked.refusal().ifPresent(refusal -> {
            throw new Obstacle("the first query was not answered: " + refusal);
        });
        return asked;
    }

    private void tellFirst(Traffic traffic, CustomerAccount account, Cast cast) {
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
    }

    /// The operator that went down starts its nodes again; the story goes on meanwhile.
    private static Cast bringBack(Cast cast, Devnet devnet) {
        var operator = cast.playing("unsteady");
        var restarted = new ArrayList<DevnetNode>();
        for (int number = 1; number <= operator.nodes().size(); number++) {
            restarted.add(devnet.restart(operator.nodes().get(number - 1).process(), number));
        }
        var next = cast;
        for (var node : restarted) {
            next = next.with(node);
        }
        return next;
    }

    private Traffic welcomeBack(Enrolled operator, CustomerAccount account) {
        operator.nodes().forEach(node -> {
            Devnet.awaitAnswering(node.process());
            node.process().belongTo(operator.operatorId());
        });
        var asked = BACK.until(
                () -> Traffic.ask(account.asking(), queries.only(operator.operatorId()), 0),
                answer -> answer.refusal().isEmpty());
        progress.say("");
        claims.check(asked.isWonBy(operator), operator.name() + ", which went down, is back and answers");
        return new Traffic(List.of(asked));
    }

    private void checkAnswered(Traffic traffic) {
        var refusals = traffic.refusals();
        progress.say("");
        claims.check(
                refusals.isEmpty(),
                "all %d queries of this story were answered"
                                .formatted(traffic.asked().size())
                        + (refusals.isEmpty() ? "" : ", but " + refusals.size() + ": " + refusals.getFirst()));
    }

    private static Traffic balancedLookups(Traffic traffic) {
        return new Traffic(traffic.asked().subList(0, QueryPlan.BALANCED_LOOKUPS));
    }
}

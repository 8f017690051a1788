package io.streamsync.router.race;

import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Placed;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.RandomNumbers;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Reservation;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.PricedField;
import io.streamsync.router.tip.Tips;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Draws places with what this router knows now, and sets aside what the dearest racing place asks.
final class Drawing {

    /// Another query of the customer may take the credit between the look and the reservation; each time the draw is
    /// repeated with the same numbers and what is left, so that the record's skips explain it.
    private static final int ATTEMPTS = 3;

    private final CreditLeases leases;
    private final Tips tips;
    private final Parameters parameters;

    Drawing(CreditLeases leases, Tips tips, Parameters parameters) {
        this.leases = leases;
        this.tips = tips;
        this.parameters = parameters;
    }

    /// @param reservation null when no racing place could be paid or used
    record Funded(
            Drawn drawn, RandomNumbers random, @Nullable Reservation reservation) {}

    /// What a query wants of the nodes that are drawn for it.
    ///
    /// @param most what it may cost at most, whatever the customer's credit
    record Wanted(String accountId, long most, SolanaMethod method, SlotBounds bounds) {}

    /// Nodes behind the slot that is needed are skipped; where nobody who could race is there yet, those that are on
    /// their way are drawn, and held until they are.
    Funded draw(Wanted wanted, MarketView market, PricedField field, Terms terms, Supplier<RaceRandomness> randomness) {
        var needed = wanted.bounds.needed();
        var funded = draw(wanted, needed, market, field, terms, randomness);
        return funded.drawn().racing().isEmpty() && isAnyBehind(funded.drawn())
                ? draw(wanted, needed - parameters.slotLag(), market, field, terms, randomness)
                : funded;
    }

    private static boolean isAnyBehind(Drawn drawn) {
        return drawn.skipped().stream().anyMatch(skipped -> skipped.reason() == SkipReason.BEHIND);
    }

    private Funded draw(
            Wanted wanted,
            long slot,
            MarketView market,
            PricedField field,
            Terms terms,
            Supplier<RaceRandomness> randomness) {
        for (var attempt = 1; ; attempt++) {
            var credit = attempt < ATTEMPTS ? Math.min(wanted.most, leases.remaining(wanted.accountId)) : 0;
            var random = randomness.get();
            var usable = usable(market, wanted.method, credit, wanted.bounds.told(), slot);
            var drawn = Draw.of(field.field(), wanted.method, terms, parameters, random, usable);
            var reservation = reserve(wanted.accountId, drawn.racing());
            if (reservation != null || drawn.racing().isEmpty()) {
                return new Funded(drawn, random, reservation);
            }
        }
    }

    /// The second draw: no operator that was asked before, no ask above what was set aside. Null when nobody is left.
    @Nullable
    Drawn drawAgain(Lineup lineup, List<Placed> before, long reserved) {
        var market = lineup.market();
        var asked = before.stream().map(placed -> countsAs(market, placed)).collect(Collectors.toUnmodifiableSet());
        var terms = without(lineup, asked, reserved);
        var field = market.fieldForOnce(lineup.method().queryClass(), terms);
        if (field.isEmpty()) {
            return null;
        }
        return Draw.again(
                field.field(),
                lineup.method(),
                terms,
                parameters,
                lineup.random(),
                usable(
                        market,
                        lineup.method(),
                        reserved,
                        lineup.bounds().told(),
                        lineup.bounds().needed() - parameters.slotLag()),
                asked);
    }

    static OperatorId countsAs(MarketView market, Placed placed) {
        return market.snapshot().operator(placed.node().operatorId()).countsAs();
    }

    private Terms without(Lineup lineup, Set<OperatorId> asked, long reserved) {
        var terms = lineup.query().terms().draw();
        var exclude = Stream.concat(
                        terms.exclude().stream(),
                        lineup.market().snapshot().operators().stream()
                                .filter(operator -> asked.contains(operator.countsAs()))
                                .map(operator -> operator.id()))
                .distinct()
                .toList();
        return new Terms(
                terms.prefer(),
                OptionalLong.of(Math.min(reserved, lineup.field().ceiling())),
                terms.maxLatencyMs(),
                terms.racers(),
                terms.stagedRacers(),
                terms.quorum(),
                terms.only(),
                exclude);
    }

    /// @param slot below which a node is not asked
    private Usability usable(
            MarketView market, SolanaMethod method, long credit, @Nullable Commitment told, long slot) {
        var now = System.nanoTime();
        var millis = Tips.millis();
        return (node, ask, place) -> {
            if (place.races() && ask.priceNano() > credit) {
                return SkipReason.CREDIT;
            }
            var upstream = market.upstream(node.id());
            return told != null && slot > 0 && tips.isBelow(upstream, told, slot, millis)
                    ? SkipReason.BEHIND
                    : upstream.unusable(method.queryClass(), ask.capacity(), now);
        };
    }

    private @Nullable Reservation reserve(String accountId, List<Placed> racing) {
        var dearest = 0L;
        for (var placed : racing) {
            dearest = Math.max(dearest, placed.ask().priceNano());
        }
        return racing.isEmpty() ? null : leases.reserve(accountId, dearest);
    }
}

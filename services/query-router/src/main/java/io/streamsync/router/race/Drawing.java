package io.streamsync.router.race;

import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Placed;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.RandomNumbers;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.parameters.Parameters;
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

    private static final Set<SkipReason> BEHIND = Set.of(SkipReason.BEHIND);
    private static final Set<SkipReason> HEALTH = Set.of(SkipReason.CIRCUIT_OPEN, SkipReason.CAPACITY);

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
    /// @param creditHolder whose lease pays
    record Wanted(String creditHolder, SolanaMethod method, SlotBounds bounds) {}

    /// Nodes behind the slot that is needed are skipped; where nobody who could race is there yet, those that are on
    /// their way are drawn, and held until they are. Where nobody is left for his health, that is passed over.
    Funded draw(Wanted wanted, MarketView market, PricedField field, Terms terms, Supplier<RaceRandomness> randomness) {
        var needed = wanted.bounds.needed();
        var from = new Attempts(wanted, market, field, terms, randomness);
        var funded = from.draw(needed, Usable::of);
        if (isSkippedFor(funded, BEHIND)) {
            needed -= parameters.slotLag();
            funded = from.draw(needed, Usable::of);
        }
        return isSkippedFor(funded, HEALTH) ? from.draw(needed, Usable::openly) : funded;
    }

    /// Whether nobody races, and somebody would but for these.
    private static boolean isSkippedFor(Funded funded, Set<SkipReason> reasons) {
        return funded.drawn().racing().isEmpty()
                && funded.drawn().skipped().stream().anyMatch(skipped -> reasons.contains(skipped.reason()));
    }

    /// Who may be used, by what is needed.
    @FunctionalInterface
    private interface Health {

        Usable of(MarketView market, QueryClass queryClass, Tips tips, Usable.Needs needs);
    }

    /// The first draw, which starts over with the same numbers for each thing that it finds out.
    private final class Attempts {

        private final Wanted wanted;
        private final MarketView market;
        private final PricedField field;
        private final Terms terms;
        private final Supplier<RaceRandomness> randomness;

        Attempts(
                Wanted wanted, MarketView market, PricedField field, Terms terms, Supplier<RaceRandomness> randomness) {
            this.wanted = wanted;
            this.market = market;
            this.field = field;
            this.terms = terms;
            this.randomness = randomness;
        }

        Funded draw(long slot, Health health) {
            for (var attempt = 1; ; attempt++) {
                var credit = attempt < ATTEMPTS ? leases.remaining(wanted.creditHolder) : 0;
                var random = randomness.get();
                var needs = new Usable.Needs(credit, wanted.bounds.told(), slot);
                var usable = health.of(market, wanted.method.queryClass(), tips, needs);
                var drawn = Draw.of(field.field(), wanted.method, terms, parameters, random, usable);
                var reservation = reserve(wanted.creditHolder, drawn.racing());
                if (reservation != null || drawn.racing().isEmpty()) {
                    return new Funded(usable.told(drawn), random, reservation);
                }
                usable.giveBack();
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
        var usable = usableAgain(lineup, field, reserved);
        return usable.told(
                Draw.again(field.field(), lineup.method(), terms, parameters, lineup.random(), usable, asked));
    }

    /// The numbers go on from the first draw and cannot be told twice: so it is looked before whether anybody is left.
    private Usable usableAgain(Lineup lineup, PricedField field, long reserved) {
        var market = lineup.market();
        var bounds = lineup.bounds();
        var needs = new Usable.Needs(reserved, bounds.told(), bounds.needed() - parameters.slotLag());
        var usable = Usable.of(market, lineup.method().queryClass(), tips, needs);
        return field.field().candidates().stream()
                        .anyMatch(one -> usable.reasonAgainst(one.node(), one.ask(), Place.RACING) == null)
                ? usable
                : Usable.openly(market, lineup.method().queryClass(), tips, needs);
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

    private @Nullable Reservation reserve(String creditHolder, List<Placed> racing) {
        var dearest = 0L;
        for (var placed : racing) {
            dearest = Math.max(dearest, placed.ask().priceNano());
        }
        return racing.isEmpty() ? null : leases.reserve(creditHolder, dearest);
    }
}

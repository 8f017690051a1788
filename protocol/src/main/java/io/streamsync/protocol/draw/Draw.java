package io.streamsync.protocol.draw;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.protocol.parameters.Parameters;
import java.util.Set;

/// Who is asked: three race, two check (protocol). The same field, random numbers and skips give the same places.
public final class Draw {

    private static final int MILLION = 1_000_000;

    private Draw() {}

    public static Drawn of(
            Field field,
            SolanaMethod method,
            Terms terms,
            Parameters parameters,
            RandomNumbers random,
            Usability usability) {
        return again(field, method, terms, parameters, random, usability, Set.of());
    }

    /// A later draw of the same race, with the numbers that are next.
    ///
    /// @param asked operator groups that hold no place of it, neither racing nor checking: they were asked before
    public static Drawn again(
            Field field,
            SolanaMethod method,
            Terms terms,
            Parameters parameters,
            RandomNumbers random,
            Usability usability,
            Set<OperatorId> asked) {
        var drawing = new Drawing(random, usability, asked);
        race(drawing, racingPlaces(field, method, terms, parameters), field, method, parameters, random);
        var racing = drawing.places().size();
        if (isChecked(drawing, field, method, parameters, random)) {
            check(drawing, parameters.checkingPlaces(), field.checkers());
        }
        var checked = drawing.places().size() > racing;
        return new Drawn(drawing.places(), drawing.skipped(), checked, field.isUnvoted());
    }

    private static int racingPlaces(Field field, SolanaMethod method, Terms terms, Parameters parameters) {
        if (method.delivery() == Delivery.ONE) {
            return 1;
        }
        var wanted = terms.racers() + terms.stagedRacers();
        var capable = field.racers().groupCount();
        // too few for a full race: half of them check
        var most = parameters.checkingPlaces() > 0 && capable < ClassMarket.FULL_RACE ? (capable + 1) / 2 : capable;
        return Math.min(wanted, most);
    }

    private static void race(
            Drawing drawing,
            int places,
            Field field,
            SolanaMethod method,
            Parameters parameters,
            RandomNumbers random) {
        var racers = field.racers();
        var groups = drawing.others(racers);
        if (places >= 2 && explores(field, method, parameters, random)) {
            drawing.fill(places - 1, racers, groups, Label.RACE, Label.NODE, Place.RACING);
            explore(drawing, field.explorers());
        }
        // also when no explorer could be used: its place is an ordinary one then
        drawing.fill(places - drawing.places().size(), racers, groups, Label.RACE, Label.NODE, Place.RACING);
    }

    private static void explore(Drawing drawing, Entrants explorers) {
        drawing.fill(1, explorers, drawing.others(explorers), Label.EXPLORE, Label.EXPLORE, Place.EXPLORING);
    }

    private static void check(Drawing drawing, int places, Entrants checkers) {
        drawing.fill(places, checkers, drawing.others(checkers), Label.CHECK, Label.CHECK, Place.CHECKING);
    }

    private static boolean explores(Field field, SolanaMethod method, Parameters parameters, RandomNumbers random) {
        return method.queryClass() != QueryClass.SUBMIT
                && field.explorers().groupCount() > 0
                && random.below(Label.EXPLORE, MILLION) < parameters.explorationProbability();
    }

    // with probability min(1, lowest ask / median ask): nobody buys a thousand confirmations at one nano
    private static boolean isChecked(
            Drawing drawing, Field field, SolanaMethod method, Parameters parameters, RandomNumbers random) {
        var lowest = drawing.places().stream()
                .mapToLong(placed -> placed.ask().priceNano())
                .min();
        return method.isChecked()
                && parameters.checkingPlaces() > 0
                && lowest.isPresent()
                && random.below(Label.CHECK, field.medianAsk().orElse(0)) < lowest.getAsLong();
    }
}

package io.streamsync.protocol.draw;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.protocol.parameters.Parameters;
import java.util.Set;
import java.util.stream.IntStream;

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
        var drawing = new Drawing(random, usability, Set.of());
        var isChecked = draw(drawing, field, method, terms, parameters, random);
        if (isChecked) {
            shadow(drawing, field.flagged());
        }
        return drawn(drawing, field, isChecked);
    }

    /// A later draw of the same race, with the numbers that are next.
    ///
    /// @param asked operator groups that hold no place of it, neither racing nor checking: they were asked before
    /// @return without a shadow: the first draw had one where there was any
    public static Drawn again(
            Field field,
            SolanaMethod method,
            Terms terms,
            Parameters parameters,
            RandomNumbers random,
            Usability usability,
            Set<OperatorId> asked) {
        var drawing = new Drawing(random, usability, asked);
        return drawn(drawing, field, draw(drawing, field, method, terms, parameters, random));
    }

    /// A transaction's racing places in the order in which the fee goes to the first that accepted: any order is as
    /// likely as any other, so the fee is drawn among those that accepted, whoever they turn out to be.
    ///
    /// @return indexes below `places`
    public static int[] submitOrder(int places, RandomNumbers random) {
        var order = IntStream.range(0, places).toArray();
        for (var i = 0; i < places - 1; i++) {
            var drawn = i + (int) random.below(Label.SUBMIT, places - i);
            var place = order[drawn];
            // the others keep their order
            System.arraycopy(order, i, order, i + 1, drawn - i);
            order[i] = place;
        }
        return order;
    }

    /// @return whether the race is checked
    private static boolean draw(
            Drawing drawing,
            Field field,
            SolanaMethod method,
            Terms terms,
            Parameters parameters,
            RandomNumbers random) {
        race(drawing, racingPlaces(field, method, terms, parameters), field, method, parameters, random);
        var racing = drawing.places().size();
        if (isChecked(drawing, field, method, parameters, random)) {
            check(drawing, parameters.checkingPlaces(), field.checkers());
        }
        return drawing.places().size() > racing;
    }

    private static Drawn drawn(Drawing drawing, Field field, boolean checked) {
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

    // whose flag is open proves itself here: asked like a third checker, without a vote or pay
    private static void shadow(Drawing drawing, Entrants flagged) {
        drawing.fill(1, flagged, drawing.others(flagged), Label.SHADOW, Label.SHADOW, Place.SHADOW);
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

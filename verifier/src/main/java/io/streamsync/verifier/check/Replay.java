package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Placed;
import io.streamsync.protocol.draw.RandomNumbers;
import io.streamsync.protocol.draw.Stages;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The draw of one race, drawn again: with the snapshot, the terms, the secret's numbers and the skips that the record
/// names there is one outcome (protocol, Who is asked; decisions 7 and 29).
///
/// @param once whom the router asked at once
/// @param later whom it asked later, together, or never
/// @param second whom it asked after all of these had failed
/// @param reserved the dearest ask among the racing places of the first draw: what was set aside
/// @param secondDrawn whether the record says that there was a second draw
/// @param skips what became of those that the record names
record Replay(
        List<AskedPlace> once,
        List<AskedPlace> later,
        List<AskedPlace> second,
        boolean checked,
        boolean unvoted,
        long reserved,
        boolean secondDrawn,
        SkipQueue skips,
        int skipsOfFirst) {

    static Replay of(PublicRecord.Answered record, RaceRules rules, Field field, RandomNumbers random) {
        var skips = new SkipQueue(record.asked().skipped());
        var terms = record.race().terms();
        var first = Draw.of(field, rules.method(), terms, rules.parameters(), random, skips);
        var skipsOfFirst = skips.taken().size();
        var reserved = first.racing().stream()
                .mapToLong(placed -> placed.ask().priceNano())
                .max()
                .orElse(0);
        var secondDrawn = !first.racing().isEmpty()
                && rules.method().delivery() != Delivery.ONE
                && (!skips.left().isEmpty() || record.asked().places().stream().anyMatch(place -> place.round() > 0));
        var second = secondDrawn ? again(record, rules, field, first, reserved, random, skips) : List.<Placed>of();
        var stages = Stages.of(first, rules.method(), terms);
        return new Replay(
                asked(stages.first(), 0),
                asked(stages.later(), 0),
                asked(second, 1),
                first.checked(),
                first.unvoted(),
                reserved,
                secondDrawn,
                skips,
                skipsOfFirst);
    }

    /// Whether these are the places that the record may name.
    boolean allows(List<AskedPlace> places) {
        var all = joined(once, later);
        return secondDrawn ? places.equals(joined(all, second)) : places.equals(all) || places.equals(once);
    }

    private static List<Placed> again(
            PublicRecord.Answered record,
            RaceRules rules,
            Field field,
            Drawn first,
            long reserved,
            RandomNumbers random,
            SkipQueue skips) {
        var asked = first.places().stream()
                .map(placed -> countsAs(rules, placed.node().operatorId()))
                .collect(Collectors.toUnmodifiableSet());
        var ceiling = Math.min(reserved, Ceilings.of(record.race().terms(), field.medianAsk(), rules.parameters()));
        var terms = without(record.race().terms(), rules, asked, ceiling);
        var others =
                Field.of(rules.snapshot(), rules.parameters(), record.race().queryClass(), terms);
        return others.isEmpty()
                ? List.of()
                : Draw.again(others, rules.method(), terms, rules.parameters(), random, skips, asked)
                        .places();
    }

    private static Terms without(Terms terms, RaceRules rules, Set<OperatorId> asked, long ceiling) {
        var exclude = Stream.concat(
                        terms.exclude().stream(),
                        rules.snapshot().operators().stream()
                                .filter(operator -> asked.contains(operator.countsAs()))
                                .map(operator -> operator.id()))
                .distinct()
                .toList();
        return new Terms(
                terms.prefer(),
                OptionalLong.of(ceiling),
                terms.maxLatencyMs(),
                terms.racers(),
                terms.stagedRacers(),
                terms.quorum(),
                terms.only(),
                exclude);
    }

    private static OperatorId countsAs(RaceRules rules, OperatorId operator) {
        return rules.snapshot().operator(operator).countsAs();
    }

    private static List<AskedPlace> asked(List<Placed> places, int round) {
        return places.stream()
                .map(placed -> new AskedPlace(placed.node().id(), placed.node().operatorId(), placed.place(), round))
                .toList();
    }

    private static List<AskedPlace> joined(List<AskedPlace> some, List<AskedPlace> more) {
        var joined = new ArrayList<>(some);
        joined.addAll(more);
        return joined;
    }
}

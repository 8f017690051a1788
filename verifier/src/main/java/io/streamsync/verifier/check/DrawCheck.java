package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Draws every race again (protocol, Who is asked): whoever ignored a weight, or the secret, asked others.
final class DrawCheck {

    /// Terms of customers differ little; a field of a large market takes a megabyte.
    private static final int FIELDS = 64;

    private final Findings findings;
    private final LatestUsed<FieldOf, Field> fields = new LatestUsed<>(FIELDS);

    DrawCheck(Findings findings) {
        this.findings = findings;
    }

    Field field(Race race, RaceRules rules) {
        var key = new FieldOf(race.snapshot(), race.parametersVersion(), race.queryClass(), race.terms());
        return fields.get(key, _ -> Field.of(rules.snapshot(), rules.parameters(), race.queryClass(), race.terms()));
    }

    Replay check(AnsweredLeaf leaf, RaceRules rules, byte[] secret) {
        var race = leaf.record().race();
        var asked = leaf.record().asked();
        var where = leaf.where();
        var random = random(leaf, secret);
        var replay = Replay.of(leaf.record(), rules, field(race, rules), random);
        if (!replay.allows(asked.places())) {
            findings.add(FindingCode.DRAW, where, text(expected(replay)), text(asked.places()));
        }
        if (!replay.skips().left().isEmpty()) {
            findings.add(
                    FindingCode.DRAW,
                    where,
                    "skips of nodes that were drawn",
                    "a skip of node " + replay.skips().left().iterator().next().nodeId());
        }
        findings.same(FindingCode.DRAW, where, checked(replay.checked()), checked(asked.checked()));
        findings.same(FindingCode.DRAW, where, voted(replay.unvoted()), voted(asked.unvoted()));
        return replay;
    }

    static RaceRandomness random(AnsweredLeaf leaf, byte[] secret) {
        var stream = leaf.stream();
        return RaceRandomness.of(
                secret,
                new RaceAddress(stream.router(), stream.incarnation(), leaf.sequence()),
                HexFormat.of().parseHex(leaf.record().race().requestHash()));
    }

    private static List<AskedPlace> expected(Replay replay) {
        return Stream.of(replay.once(), replay.later(), replay.second())
                .flatMap(List::stream)
                .toList();
    }

    private static String text(List<AskedPlace> places) {
        return places.isEmpty()
                ? "nobody"
                : places.stream()
                        .map(place -> place.nodeId() + " " + place.place().wireName())
                        .collect(Collectors.joining(", "));
    }

    private static String checked(boolean checked) {
        return checked ? "a checked race" : "an unchecked race";
    }

    private static String voted(boolean unvoted) {
        return unvoted ? "an unvoted race" : "a race with votes";
    }

    private record FieldOf(String snapshot, String parameters, QueryClass queryClass, Terms terms) {}
}

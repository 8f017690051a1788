package io.streamsync.verifier.check;

import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.NotCheckableException;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import io.streamsync.verifier.publication.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/// Verdicts on races that stand before the windows that are read anyway: few, since most take seconds. Each moves money
/// again, so its race is looked for, window by window back, and so is another verdict on it.
final class EarlierVerdicts {

    /// A verdict waits for a customer who reads slowly, or for a log that is away; beyond this it is told.
    private static final Duration REACH = Duration.ofHours(1);

    private static final int LEAST_WINDOWS = 12;

    /// An hour of the shortest epochs: what is published may lead round in a circle.
    private static final int MOST_WINDOWS = 3_600;

    private static final int MOST = 100_000;

    private final Chain chain;
    private final Findings findings;
    private final RaceCheck races;
    private final Set<Race> judgedBefore = new HashSet<>();
    private final Map<Race, Told> wanted = new LinkedHashMap<>();
    private final List<String> waiting = new ArrayList<>();
    private long count;

    EarlierVerdicts(Chain chain, RaceCheck races, Findings findings) {
        this.chain = chain;
        this.findings = findings;
        this.races = races;
    }

    /// A verdict of the window before.
    void before(StreamName stream, Verified verified) {
        if (judgedBefore.size() < MOST) {
            judgedBefore.add(new Race(stream, verified.sequence()));
        }
    }

    /// A verdict of the window that is verified.
    void add(StreamName stream, Verified verified, Where where) {
        count++;
        if (count > MOST) {
            throw new NotCheckableException("More than " + MOST + " verdicts are on races of windows long before.");
        }
        var race = new Race(stream, verified.sequence());
        if (judgedBefore.contains(race) || wanted.put(race, new Told(verified, where)) != null) {
            repeated(race, where);
            wanted.remove(race);
        }
    }

    long count() {
        return count;
    }

    /// What could not be read.
    List<String> waiting() {
        return waiting;
    }

    /// @param last the earliest window that was read
    /// @param leaves reads a window's leaves; false when they are not published
    void find(Settlement last, BiPredicate<Settlement, BiConsumer<PublishedLeaf, PublicRecord>> leaves) {
        var at = chain.before(last);
        for (var steps = 1; at.isPresent() && !wanted.isEmpty() && isInReach(at.get(), last, steps); steps++) {
            var window = at.get();
            var found = new HashMap<Race, Told>();
            if (!leaves.test(window, (leaf, record) -> read(window, leaf, record, found))) {
                waiting.add(wanted.size() + " verdicts on races of window " + window.epoch()
                        + " or before, whose records are not published");
                return;
            }
            at = chain.before(window);
        }
        wanted.forEach((race, told) -> findings.add(
                FindingCode.VERDICT_WITHOUT_RACE,
                told.where,
                "an ANSWERED of race " + race.sequence + " in the hour before, or in the " + LEAST_WINDOWS
                        + " windows before",
                "none"));
    }

    private static boolean isInReach(Settlement settlement, Settlement last, int steps) {
        return steps <= LEAST_WINDOWS
                || (steps <= MOST_WINDOWS
                        && settlement.header().endsAt() > last.header().startsAt() - REACH.toMillis());
    }

    /// Behind its race in the same window there may be another verdict: so the race is wanted until the window's end.
    private void read(Settlement window, PublishedLeaf leaf, PublicRecord record, Map<Race, Told> found) {
        switch (record) {
            case PublicRecord.Answered answered -> {
                var race = new Race(leaf.stream(), answered.race().sequence());
                var told = wanted.remove(race);
                if (told != null) {
                    found.put(race, told);
                    races.verified(
                            new AnsweredLeaf(window.epoch(), leaf.stream(), leaf.position(), answered),
                            told.verified,
                            told.where);
                }
            }
            case PublicRecord.Verified(var verified) -> {
                var race = new Race(leaf.stream(), verified.sequence());
                var told = found.containsKey(race) ? found.remove(race) : wanted.remove(race);
                if (told != null) {
                    repeated(race, told.where);
                }
            }
            case PublicRecord.SubscriptionCharged _,
                    PublicRecord.LeaseClosed _,
                    PublicRecord.EpochEnded _,
                    PublicRecord.StreamEnded _ -> {}
        }
    }

    private void repeated(Race race, Where where) {
        findings.add(FindingCode.VERDICT_REPEATED, where, "one VERIFIED of race " + race.sequence, "another");
    }

    private record Race(StreamName stream, long sequence) {}

    private record Told(Verified verified, Where where) {}
}

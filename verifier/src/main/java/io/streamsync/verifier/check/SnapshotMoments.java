package io.streamsync.verifier.check;

import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.Taken;
import io.streamsync.verifier.publication.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/// Whether a race was drawn from the snapshot of its moment: who may take one of some minutes before or after
/// takes the one that suits a friend. A router reads its snapshot when a query is complete or somewhat later,
/// and draws within the query's deadline; the minute beyond is that of [TimeCheck]. Nor does a stream go back
/// to a snapshot that had been replaced long before another came in force that its records name already.
final class SnapshotMoments {

    private static final long SLACK = TimeCheck.SLACK.toMillis();

    /// Records stand stream by stream, and those of a window are of few epochs.
    private static final int KEPT = 8;

    private final LongFunction<Optional<EpochPage>> pages;
    private final Findings findings;
    private final LatestUsed<StreamEpoch, Map<String, List<Period>>> periods = new LatestUsed<>(KEPT);
    private final Map<StreamName, Long> newest = new HashMap<>();
    private final SortedSet<String> waiting = new TreeSet<>();

    /// @param pages by epoch
    SnapshotMoments(LongFunction<Optional<EpochPage>> pages, Findings findings) {
        this.pages = pages;
        this.findings = findings;
    }

    /// What pages do not say.
    SortedSet<String> waiting() {
        return waiting;
    }

    /// Which snapshots were in force some time from a minute before until a query's deadline and a minute after, the
    /// one of the moment first; none where pages do not say.
    List<String> around(StreamName stream, long epoch, long at, Duration deadline) {
        var until = at + deadline.toMillis() + SLACK;
        var around = periods.get(new StreamEpoch(stream, epoch), this::read).entrySet().stream()
                .flatMap(named -> named.getValue().stream()
                        .filter(period -> period.from() <= until && period.until() > at - SLACK)
                        .map(period -> Map.entry(named.getKey(), Math.max(0, period.awayFrom(at)))))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .distinct()
                .toList();
        if (around.isEmpty()) {
            waiting.add("which snapshots router " + stream + " worked from in epoch " + epoch);
        }
        return around;
    }

    /// @param leaf in the order of the stream; that its snapshot is named is looked at elsewhere
    /// @param deadline of a query
    void check(AnsweredLeaf leaf, Duration deadline) {
        var race = leaf.record().race();
        var named = periods.get(new StreamEpoch(leaf.stream(), race.epoch()), this::read)
                .getOrDefault(race.snapshot(), List.of());
        if (named.isEmpty()) {
            return;
        }
        var drawnBy = race.occurredAt() + deadline.toMillis() + SLACK;
        var fitting = named.stream()
                .filter(period -> period.from() <= drawnBy && period.until() > race.occurredAt() - SLACK)
                .toList();
        if (fitting.isEmpty()) {
            tell(leaf, race, named);
        } else {
            goesOn(leaf, race, fitting, 2 * deadline.toMillis() + SLACK);
        }
    }

    /// @param longest from reading a snapshot until the record stands, twice: that of the record before, too
    private void goesOn(AnsweredLeaf leaf, Race race, List<Period> fitting, long longest) {
        var since = newest.getOrDefault(leaf.stream(), Long.MIN_VALUE);
        if (since != Long.MIN_VALUE && fitting.getLast().until() <= since - longest) {
            findings.add(
                    FindingCode.SNAPSHOT_NOT_IN_FORCE,
                    leaf.where(),
                    "one that was in force shortly before " + Instant.ofEpochMilli(since)
                            + ", as the records before say",
                    "snapshot " + race.snapshot() + ", in force until "
                            + Instant.ofEpochMilli(fitting.getLast().until()));
        }
        newest.merge(leaf.stream(), fitting.getFirst().from(), Math::max);
    }

    private void tell(AnsweredLeaf leaf, Race race, List<Period> named) {
        var nearest = named.stream()
                .min(Comparator.comparingLong(period -> period.awayFrom(race.occurredAt())))
                .orElseThrow();
        findings.add(
                FindingCode.SNAPSHOT_NOT_IN_FORCE,
                leaf.where(),
                "one that was in force about " + Instant.ofEpochMilli(race.occurredAt()),
                "snapshot " + race.snapshot() + ", in force " + nearest);
    }

    /// When each snapshot was in force, in order: until the router took another.
    private Map<String, List<Period>> read(StreamEpoch of) {
        var taken = new ArrayList<Taken>();
        for (var epoch = of.epoch() - 1; epoch <= of.epoch() + 1; epoch++) {
            pages.apply(epoch).flatMap(page -> page.of(of.stream())).ifPresent(page -> taken.addAll(page.taken()));
        }
        if (taken.stream().anyMatch(one -> one.at() == null)) {
            waiting.add("when router " + of.stream() + " took its snapshots of epoch " + of.epoch());
            return Map.of();
        }
        taken.sort(Comparator.comparingLong(SnapshotMoments::at));
        var periods = new HashMap<String, List<Period>>();
        for (var next = 0; next < taken.size(); ) {
            var first = taken.get(next);
            while (next < taken.size() && taken.get(next).snapshot().equals(first.snapshot())) {
                next++;
            }
            var until = next < taken.size() ? at(taken.get(next)) : Period.ON;
            periods.computeIfAbsent(first.snapshot(), _ -> new ArrayList<>()).add(new Period(at(first), until));
        }
        return periods;
    }

    private static long at(Taken taken) {
        var at = taken.at();
        return at == null ? Period.ON : at.toEpochMilli();
    }

    private record StreamEpoch(StreamName stream, long epoch) {}

    /// @param from Unix ms
    /// @param until Unix ms, exclusive
    private record Period(long from, long until) {

        static final long ON = Long.MAX_VALUE;

        long awayFrom(long unixMillis) {
            return Math.max(from - unixMillis, unixMillis - until);
        }

        @Override
        public String toString() {
            return "from " + Instant.ofEpochMilli(from) + (until == ON ? "" : " until " + Instant.ofEpochMilli(until));
        }
    }
}

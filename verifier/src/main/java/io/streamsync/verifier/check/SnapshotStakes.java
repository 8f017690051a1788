package io.streamsync.verifier.check;

import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StakeShare;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether the stakes that a window's share was reckoned with are those that routers worked with at its end.
/// Routers and ledger learn of a change on different ways: an operator is spoken of only when all snapshots of
/// some time before and after the end show it with one stake. Who has no listed node stands in no snapshot. A change
/// that is taken back before the next snapshot shows in none: so nobody is told of one window alone.
final class SnapshotStakes {

    /// For news that are late, and services that start anew.
    private static final Duration AROUND = Duration.ofMinutes(1);

    /// Some minutes of eight routers, each with another one every second, are below.
    private static final int MOST_SNAPSHOTS = 10_000;

    private final SecretBook pages;
    private final SnapshotBook snapshots;
    private final Findings findings;
    private final Instant now;
    private final List<String> notices = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private @Nullable Set<OperatorId> contradictedBefore;

    SnapshotStakes(SecretBook pages, SnapshotBook snapshots, Findings findings, Instant now) {
        this.pages = pages;
        this.snapshots = snapshots;
        this.findings = findings;
        this.now = now;
    }

    List<String> notices() {
        return notices;
    }

    List<String> waiting() {
        return waiting;
    }

    /// @param before those whose stake was another than in snapshots already at the end of the window before
    void check(SettlementHeader header, StakeShares shares, Supplier<Set<OperatorId>> before) {
        var reckoned = shares.all().stream().collect(Collectors.toMap(StakeShare::operatorId, StakeShare::bonded));
        var atTheEnd = atTheEnd(header);
        var doubtful = atTheEnd.stakes.keySet().stream()
                .filter(operator -> !atTheEnd.isAlways(operator, reckoned.getOrDefault(operator, 0L)))
                .collect(Collectors.toSet());
        if (!doubtful.isEmpty()) {
            doubted(header, reckoned, doubtful, before);
        }
        var unseen = reckoned.keySet().stream()
                .filter(operator -> !atTheEnd.stakes.containsKey(operator))
                .count();
        if (unseen > 0) {
            notices.add(unseen + " of " + reckoned.size()
                    + " stakes are of operators without a listed node: no snapshot shows them");
        }
    }

    /// Of a window before, without another word.
    Set<OperatorId> contradicted(SettlementHeader header, StakeShares shares) {
        var reckoned = shares.all().stream().collect(Collectors.toMap(StakeShare::operatorId, StakeShare::bonded));
        var named = around(header);
        if (reckoned.isEmpty() || named.size() > MOST_SNAPSHOTS) {
            return Set.of();
        }
        var seen = new Seen(named, header);
        return seen.stakes.keySet().stream()
                .filter(operator -> seen.contradicts(operator, reckoned.getOrDefault(operator, 0L)))
                .collect(Collectors.toSet());
    }

    private void doubted(
            SettlementHeader header,
            Map<OperatorId, Long> reckoned,
            Set<OperatorId> doubtful,
            Supplier<Set<OperatorId>> before) {
        var named = around(header);
        if (named.size() > MOST_SNAPSHOTS) {
            waiting.add("routers named " + named.size() + " snapshots around the end of the window, too many to hold "
                    + doubtful.size() + " stakes against them");
            return;
        }
        var seen = new Seen(named, header);
        for (var operator : doubtful) {
            var bonded = reckoned.getOrDefault(operator, 0L);
            if (!seen.contradicts(operator, bonded)) {
                continue;
            }
            var shown = seen.stakes.getOrDefault(operator, Set.of()).iterator().next();
            if (now.isBefore(Instant.ofEpochMilli(header.endsAt()).plus(AROUND))) {
                waiting.add("the stake of operator " + operator + ", which snapshots to come may show");
            } else if (!knownBefore(before).contains(operator)) {
                waiting.add("the stake of operator " + operator + ", " + bonded + " nano-STRM: snapshots show " + shown
                        + ", and a change that was taken back within a second would look so");
            } else {
                findings.add(
                        FindingCode.STAKES_WRONG,
                        Where.window(header.epoch()),
                        "a stake of " + shown + " nano-STRM of operator " + operator + ", as snapshots show it",
                        bonded + " nano-STRM");
            }
        }
    }

    /// Looked at once, and only where it matters.
    private Set<OperatorId> knownBefore(Supplier<Set<OperatorId>> before) {
        var known = contradictedBefore;
        if (known == null) {
            known = before.get();
            contradictedBefore = known;
        }
        return known;
    }

    /// What routers began the next epoch with; where they have not yet, what they named last.
    private Seen atTheEnd(SettlementHeader header) {
        var begun = named(header.epoch() + 1, taken -> taken.stream().limit(1), true);
        var seen = new Seen(begun, header);
        return seen.stakes.isEmpty()
                ? new Seen(
                        named(header.epoch(), taken -> taken.reversed().stream().limit(1), false), header)
                : seen;
    }

    /// All that routers named some time before the window's end and after it.
    private Set<Naming> around(SettlementHeader header) {
        var length = Math.max(1, header.endsAt() - header.startsAt());
        var epochs = 1 + Math.ceilDiv(AROUND.toMillis(), length);
        return LongStream.rangeClosed(header.epoch() - epochs + 1, header.epoch() + epochs)
                .boxed()
                .flatMap(epoch -> named(epoch, List::stream, epoch > header.epoch()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// @param which of those that a router took, in their order
    private Set<Naming> named(long epoch, Function<List<String>, Stream<String>> which, boolean isAfter) {
        return pages.page(epoch).map(EpochPage::routers).orElse(List.of()).stream()
                .map(RouterPage::snapshots)
                .flatMap(which)
                .map(hash -> new Naming(hash, isAfter))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// @param isAfter whether after the window's end
    private record Naming(String hash, boolean isAfter) {}

    /// What snapshots show of each operator.
    private final class Seen {

        private final Map<OperatorId, Set<Long>> stakes = new HashMap<>();
        private final Set<OperatorId> before = new HashSet<>();
        private final Set<OperatorId> after = new HashSet<>();

        Seen(Set<Naming> named, SettlementHeader header) {
            for (var naming : named) {
                snapshots
                        .find(naming.hash(), Where.window(header.epoch()))
                        .ifPresent(snapshot -> snapshot.operators().forEach(shown -> add(shown, naming.isAfter())));
            }
        }

        private void add(ListedOperator operator, boolean isAfter) {
            stakes.computeIfAbsent(operator.id(), _ -> new HashSet<>()).add(operator.bondedStake());
            (isAfter ? after : before).add(operator.id());
        }

        boolean isAlways(OperatorId operator, long bonded) {
            return Objects.equals(stakes.get(operator), Set.of(bonded));
        }

        /// Whether it had one other stake the whole time.
        boolean contradicts(OperatorId operator, long bonded) {
            var shown = stakes.getOrDefault(operator, Set.of());
            return shown.size() == 1
                    && !shown.contains(bonded)
                    && before.contains(operator)
                    && after.contains(operator);
        }
    }
}

package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Settlement;
import io.streamsync.verifier.publication.StreamName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether a settlement goes on where those before it ended: each stream at the position after the last, with
/// parameters that were in force, and with no more for the stakes than was left.
final class ChainCheck {

    /// A stream that is silent stands in no window. Beyond a day it is told.
    private static final int LOOK_BACK = 288;

    /// How far back is looked for a stream that says it is new, and for parameters that a late record names.
    private static final int LOOK_BACK_FOR_NEWS = 12;

    private final Chain chain;
    private final Findings findings;
    private final Settlement settlement;
    private final Where where;
    private final Map<StreamName, StreamRange> streams = new LinkedHashMap<>();
    private final Set<String> versions = new LinkedHashSet<>();
    private final StakersShareCheck stakers;
    private final EveryNaming naming;
    private final List<String> waiting = new ArrayList<>();
    private boolean isLast;

    ChainCheck(Chain chain, Settlement settlement, Findings findings) {
        this.chain = chain;
        this.findings = findings;
        this.settlement = settlement;
        this.where = Where.window(settlement.epoch());
        this.stakers = new StakersShareCheck(settlement.header(), findings);
        this.naming = new EveryNaming(settlement.header());
    }

    /// @return the settlement before; empty when this one is the first
    Optional<Settlement> check() {
        var header = settlement.header();
        header.ranges().forEach(range -> streams.put(stream(range), range));
        header.parametersVersions().stream().skip(1).forEach(versions::add);
        var next = chain.after(settlement);
        next.ifPresent(later -> versions.remove(inForce(later)));
        isLast = next.isEmpty();
        var earlier = chain.before(settlement);
        var at = earlier;
        for (var steps = 1; at.isPresent() && !isDone(); steps++) {
            step(at.get(), steps);
            if (steps == LOOK_BACK) {
                streams.forEach(this::notFound);
                return earlier;
            }
            if (Chain.isFirst(at.get())) {
                break;
            }
            at = chain.before(at.get());
        }
        if (at.isEmpty() ? earlier.isEmpty() && Chain.isFirst(settlement) : Chain.isFirst(at.get())) {
            streams.forEach((stream, range) -> from(stream, 0, range));
            versions.forEach(this::notInForce);
            stakers.finish();
        }
        return earlier;
    }

    /// Whether pages of these epochs say when routers took each snapshot.
    boolean showsEveryNaming() {
        return naming.isShown();
    }

    /// What the next window will tell.
    List<String> waiting() {
        return waiting;
    }

    /// Streams that the settlement before covers and this one does not.
    static List<StreamName> gone(SettlementHeader previous, SettlementHeader header) {
        return previous.ranges().stream()
                .map(ChainCheck::stream)
                .filter(stream ->
                        header.ranges().stream().map(ChainCheck::stream).noneMatch(stream::equals))
                .toList();
    }

    static StreamName stream(StreamRange range) {
        return new StreamName(range.router(), range.incarnation());
    }

    private boolean isDone() {
        return streams.isEmpty() && versions.isEmpty() && stakers.isDone() && naming.isDone();
    }

    private void step(Settlement earlier, int steps) {
        earlier.header().ranges().forEach(range -> {
            var next = streams.remove(stream(range));
            if (next != null) {
                from(stream(range), range.to(), next);
            }
        });
        versions.remove(inForce(earlier));
        stakers.before(earlier.header());
        naming.before(earlier.header());
        if (steps == LOOK_BACK_FOR_NEWS) {
            streams.values().removeIf(range -> range.from() == 0);
            versions.forEach(this::notInForce);
            versions.clear();
        }
    }

    private void notFound(StreamName stream, StreamRange range) {
        findings.add(
                FindingCode.RANGE_GAP,
                Where.stream(settlement.epoch(), stream),
                "an end of its records in one of the " + LOOK_BACK + " windows before",
                "none, but records from position " + range.from());
    }

    private void from(StreamName stream, long due, StreamRange range) {
        findings.same(
                FindingCode.RANGE_GAP,
                Where.stream(settlement.epoch(), stream),
                "records from position " + due,
                "records from position " + range.from());
    }

    private void notInForce(String version) {
        if (isLast) {
            waiting.add("whether parameters " + version + " are in force in the next window");
            return;
        }
        findings.add(
                FindingCode.PARAMETERS_NOT_IN_FORCE,
                where,
                "version " + inForce(settlement) + ", or one that was in force in the windows beside",
                "records of version " + version);
    }

    /// The first is the one in force.
    private static String inForce(Settlement settlement) {
        var versions = settlement.header().parametersVersions();
        return versions.isEmpty() ? "" : versions.getFirst();
    }
}

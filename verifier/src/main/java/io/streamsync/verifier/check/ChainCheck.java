package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.Settlement;
import io.streamsync.verifier.publication.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the settlements are one chain, and each stream goes on in a window where the one before left it: nothing
/// that was settled can be replaced or left out between.
final class ChainCheck {

    /// How far back is looked for a stream that was silent.
    private static final int LOOK_BACK = 12;

    private final Publication publication;
    private final Findings findings;
    private final Settlement settlement;
    private final Where where;
    private final List<Settlement> before = new ArrayList<>();
    private boolean reachedFirst;

    ChainCheck(Publication publication, Settlement settlement, Findings findings) {
        this.publication = publication;
        this.settlement = settlement;
        this.findings = findings;
        this.where = Where.window(settlement.epoch());
    }

    /// @return the settlement before; empty when this one is the first
    Optional<Settlement> check() {
        var previous = earlier(0);
        previous.ifPresent(settled -> {
            findings.same(
                    FindingCode.KEY_CHANGED,
                    where,
                    settled.header().publicKey(),
                    settlement.header().publicKey());
        });
        findings.same(
                FindingCode.CHAIN_BROKEN,
                where,
                previous.map(settled -> "the hash " + settled.header().hash())
                        .orElse("the hash " + SettlementHeader.NO_PREVIOUS),
                "the hash " + settlement.header().previous());
        next().ifPresent(next -> findings.same(
                FindingCode.CHAIN_BROKEN,
                Where.window(next.epoch()),
                "the hash " + settlement.header().hash(),
                "the hash " + next.header().previous()));
        settlement.header().ranges().forEach(this::goesOn);
        return previous;
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

    private void goesOn(StreamRange range) {
        var stream = stream(range);
        for (var i = 0; i < LOOK_BACK; i++) {
            var settled = earlier(i);
            if (settled.isEmpty()) {
                break;
            }
            var end = ends(settled.get()).get(stream);
            if (end != null) {
                from(stream, end, range.from());
                return;
            }
            if (range.from() == 0) {
                return;
            }
        }
        if (reachedFirst || range.from() == 0) {
            from(stream, 0, range.from());
        }
    }

    private void from(StreamName stream, long due, long from) {
        findings.same(
                FindingCode.RANGE_GAP,
                Where.stream(settlement.epoch(), stream),
                "records from position " + due,
                "records from position " + from);
    }

    private static Map<StreamName, Long> ends(Settlement settled) {
        var ends = new HashMap<StreamName, Long>();
        settled.header().ranges().forEach(range -> ends.put(stream(range), range.to()));
        return ends;
    }

    /// The settlements before, the last one first.
    private Optional<Settlement> earlier(int steps) {
        while (before.size() <= steps && !reachedFirst) {
            var last = before.isEmpty() ? settlement : before.getLast();
            var found = Optional.<Settlement>empty();
            if (!last.header().previous().equals(SettlementHeader.NO_PREVIOUS)) {
                found = before(last);
            }
            found.ifPresentOrElse(before::add, () -> reachedFirst = true);
        }
        return steps < before.size() ? Optional.of(before.get(steps)) : Optional.empty();
    }

    /// The one of the epoch before, unless it does not fit: the list may name another. Epochs are numbered anew when
    /// their length changes.
    private Optional<Settlement> before(Settlement later) {
        var numbered = publication.settlement(later.epoch() - 1);
        return numbered.filter(settled -> precedes(settled, later))
                .or(() -> publication.neighbours(later).before().flatMap(publication::settlement))
                .or(() -> numbered);
    }

    private Optional<Settlement> next() {
        var numbered = publication.settlement(settlement.epoch() + 1);
        return numbered.filter(settled -> precedes(settlement, settled))
                .or(() -> publication.neighbours(settlement).after().flatMap(publication::settlement))
                .or(() -> numbered);
    }

    private static boolean precedes(Settlement earlier, Settlement later) {
        return later.header().previous().equals(earlier.header().hash());
    }
}

package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.Settlement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The settlements before and after one. Whatever is taken from it was looked at: signed by the one key, and linked to
/// its neighbour by hash and time. Epochs are numbered anew when their length changes; the list of all says how then.
final class Chain {

    /// A market may show large ones.
    private static final int KEPT = 4;

    private final Publication publication;
    private final Findings findings;
    private final String key;
    private final LatestUsed<Long, Optional<Settlement>> before = new LatestUsed<>(KEPT);
    private final LatestUsed<Long, Optional<Settlement>> after = new LatestUsed<>(KEPT);
    private final Set<Long> told = new HashSet<>();
    private final Set<Long> linked = new HashSet<>();

    /// @param start whose key all have to have
    Chain(Publication publication, Settlement start, Findings findings) {
        this.publication = publication;
        this.findings = findings;
        this.key = start.header().publicKey();
        told.add(start.epoch());
    }

    /// Empty when this one is the first.
    Optional<Settlement> before(Settlement later) {
        return before.get(later.epoch(), _ -> {
            var found = publication
                    .settlement(later.epoch() - 1)
                    .filter(settled -> precedes(settled, later))
                    .or(() -> publication.neighbours(later).before().flatMap(publication::settlement))
                    .or(() -> publication.settlement(later.epoch() - 1));
            if (found.isPresent() || !isFirst(later)) {
                link(found, later);
            }
            found.ifPresent(this::look);
            return found;
        });
    }

    /// Empty when this one is the last.
    Optional<Settlement> after(Settlement earlier) {
        return after.get(earlier.epoch(), _ -> {
            var found = publication
                    .settlement(earlier.epoch() + 1)
                    .filter(settled -> precedes(earlier, settled))
                    .or(() -> publication.neighbours(earlier).after().flatMap(publication::settlement))
                    .or(() -> publication.settlement(earlier.epoch() + 1));
            found.ifPresent(later -> {
                link(Optional.of(earlier), later);
                look(later);
            });
            return found;
        });
    }

    static boolean isFirst(Settlement settlement) {
        return settlement.header().previous().equals(SettlementHeader.NO_PREVIOUS);
    }

    private static boolean precedes(Settlement earlier, Settlement later) {
        return later.header().previous().equals(earlier.header().hash());
    }

    private void link(Optional<Settlement> earlier, Settlement later) {
        var where = Where.window(later.epoch());
        if (!linked.add(later.epoch())) {
            return;
        }
        findings.same(
                FindingCode.CHAIN_BROKEN,
                where,
                "the hash "
                        + earlier.map(settled -> settled.header().hash() + " of window " + settled.epoch())
                                .orElse("of a window that is published"),
                "the hash " + later.header().previous()
                        + earlier.map(settled -> " of window " + settled.epoch())
                                .orElse(""));
        earlier.map(Settlement::header)
                .filter(header -> length(header) == length(later.header()))
                .ifPresent(header -> findings.same(
                        FindingCode.CHAIN_BROKEN,
                        where,
                        "a window from " + header.endsAt() + " ms",
                        "a window from " + later.header().startsAt() + " ms"));
    }

    private void look(Settlement settlement) {
        if (told.add(settlement.epoch())) {
            new HeaderCheck(findings).check(settlement, settlement.epoch());
            findings.same(
                    FindingCode.KEY_CHANGED,
                    Where.window(settlement.epoch()),
                    key,
                    settlement.header().publicKey());
        }
    }

    private static long length(SettlementHeader header) {
        return header.endsAt() - header.startsAt();
    }
}

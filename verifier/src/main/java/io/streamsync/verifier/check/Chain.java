package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.Settlement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
    private final LatestUsed<String, Optional<Settlement>> before = new LatestUsed<>(KEPT);
    private final LatestUsed<String, Optional<Settlement>> after = new LatestUsed<>(KEPT);
    /// By their hashes, as all that is said of them: a market may show another header when it is asked again.
    private final Set<String> told = new HashSet<>();

    private final Set<Link> linked = new HashSet<>();
    private final Map<String, String> successors = new HashMap<>();

    /// @param start whose key all have to have
    Chain(Publication publication, Settlement start, Findings findings) {
        this.publication = publication;
        this.findings = findings;
        this.key = start.header().publicKey();
        told.add(start.header().hash());
    }

    /// Empty when this one is the first.
    Optional<Settlement> before(Settlement later) {
        return before.get(later.header().hash(), _ -> {
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
        return after.get(earlier.header().hash(), _ -> {
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
        if (!linked.add(Link.of(earlier, later))) {
            return;
        }
        earlier.ifPresent(settled -> follow(settled, later, where));
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

    /// Who signs two that follow the same one shows each to somebody else.
    private void follow(Settlement earlier, Settlement later, Where where) {
        var hash = later.header().hash();
        var first = successors.putIfAbsent(earlier.header().hash(), hash);
        if (first != null) {
            findings.same(
                    FindingCode.CHAIN_BROKEN,
                    where,
                    "the hash " + first + " behind window " + earlier.epoch() + ", as shown before",
                    "the hash " + hash + " behind window " + earlier.epoch() + ", as shown before");
        }
    }

    private void look(Settlement settlement) {
        if (told.add(settlement.header().hash())) {
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

    /// @param earlier hash of the header before; empty where none is published
    private record Link(String earlier, String later) {

        static Link of(Optional<Settlement> earlier, Settlement later) {
            return new Link(
                    earlier.map(settled -> settled.header().hash()).orElse(""),
                    later.header().hash());
        }
    }
}

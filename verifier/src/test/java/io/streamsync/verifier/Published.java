package io.streamsync.verifier;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.settlement.Ed25519;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.SharedOut;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.verifier.check.Receipt;
import io.streamsync.verifier.publication.Correction;
import io.streamsync.verifier.publication.Corrections;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Skips;
import io.streamsync.verifier.publication.Neighbours;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import io.streamsync.verifier.publication.StreamName;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All that is published of an installation, sealed with its own key; open to forgers.
final class Published implements Publication {

    /// Epochs without records are sealed, too.
    static final long LAST = Installation.AFTER + 2;

    private static final HexFormat HEX = HexFormat.of();
    private static final RaceIds IDS = RaceIds.of(new byte[16]);

    final NavigableMap<Long, List<Leaf>> leaves = new TreeMap<>();
    final NavigableMap<Long, Settlement> settlements = new TreeMap<>();
    final Map<Long, StakeShares> stakes = new HashMap<>();
    final Map<Long, EpochPage> epochs = new HashMap<>();
    final Map<String, byte[]> snapshots = new HashMap<>();
    final Map<String, Map<String, Object>> parameters = new HashMap<>();
    private final Map<Long, Map<RaceAddress, Integer>> indexes = new HashMap<>();
    private final Installation installation;

    /// Before it headers are of the first format, which says nothing of stakes.
    long stakesFrom = Long.MIN_VALUE;

    /// What operators have bonded, nano-STRM.
    UnaryOperator<Map<OperatorId, Long>> bonded = UnaryOperator.identity();

    /// @param sums what the headers say of the leaves
    Published(Installation installation, UnaryOperator<Sums> sums) {
        this.installation = installation;
        installation.windows().forEach(epoch -> leaves.put(epoch, installation.leaves(epoch)));
        for (MarketSnapshot snapshot : installation.snapshots) {
            snapshots.put(snapshot.hash(), snapshot.canonical());
        }
        parameters.put(installation.parameters.version(), new HashMap<>(installation.parameters.published()));
        for (var epoch = Installation.AFTER + 1; epoch <= LAST; epoch++) {
            leaves.put(epoch, List.of());
        }
        installation.windows().forEach(epoch -> epochs.put(epoch, page(epoch)));
        seal(installation.key, sums);
    }

    /// Signs whatever the leaves are now.
    void seal(KeyPair key, UnaryOperator<Sums> sums) {
        indexes.clear();
        var previous = SettlementHeader.NO_PREVIOUS;
        for (var epoch : leaves.keySet()) {
            previous = seal(epoch, key, previous, sums);
        }
    }

    String seal(long epoch, KeyPair key, String previous, UnaryOperator<Sums> sums) {
        var header = header(epoch, key, previous, sums);
        settlements.put(
                epoch,
                new Settlement(
                        header,
                        header.sign(key.getPrivate()),
                        Ed25519.bytes(key.getPublic()),
                        Map.of(),
                        corrections(epoch)));
        return header.hash();
    }

    /// Races of windows before whose fee goes back in this one.
    private Corrections corrections(long epoch) {
        var corrected = new ArrayList<Correction>();
        for (var stream : installation.streams) {
            var answered = new HashMap<Long, Answered>();
            stream.all(Answered.class).forEach(race -> answered.put(race.race().sequence(), race));
            for (var leaf : leaves.getOrDefault(epoch, List.of())) {
                if (leaf.router() == stream.name.router()
                        && leaf.incarnation() == stream.name.incarnation()
                        && isReadable(leaf)
                        && leaf.record() instanceof PublicRecord.Verified(var verified)
                        && verified.feeNano() > 0
                        && Set.of(RaceStatus.CONTRADICTED, RaceStatus.NO_ANSWER).contains(verified.status())) {
                    var race = answered.get(verified.sequence());
                    var id = race == null ? null : raceId(stream.name, race);
                    if (id != null && proof(epoch, id).isEmpty()) {
                        corrected.add(new Correction(id, epoch - 1));
                    }
                }
            }
        }
        return new Corrections(corrected.size(), corrected);
    }

    private static boolean isReadable(Leaf leaf) {
        try {
            return leaf.record() != null;
        } catch (IllegalArgumentException damaged) {
            return false;
        }
    }

    private SettlementHeader header(long epoch, KeyPair key, String previous, UnaryOperator<Sums> sums) {
        var window = leaves.getOrDefault(epoch, List.of());
        var length = length(epoch);
        var summed = sums.apply(Sums.of(window, _ -> installation.parameters));
        var shares = StakeShares.NONE;
        @Nullable SharedOut sharedOut = null;
        if (epoch >= stakesFrom) {
            var due = carried(epoch) + summed.stakers();
            shares = StakeShares.of(due, bonded.apply(Asks.stakes()));
            sharedOut = new SharedOut(due - shares.sum(), shares.root());
            stakes.put(epoch, shares);
        }
        return new SettlementHeader(
                epoch,
                epoch * length,
                (epoch + 1) * length,
                window.size(),
                HEX.formatHex(MerkleTree.root(window.stream().map(Leaf::hash).toList())),
                previous,
                HEX.formatHex(Ed25519.bytes(key.getPublic())),
                summed,
                shares.sum(),
                List.of(installation.parameters.version()),
                ranges(window),
                sharedOut);
    }

    private long carried(long epoch) {
        return Optional.ofNullable(settlements.lowerEntry(epoch))
                .map(before -> before.getValue().header().sharedOut())
                .map(SharedOut::carried)
                .orElse(0L);
    }

    /// Epochs were longer once, when fewer had been.
    private long length(long epoch) {
        var length = installation.parameters.epoch().toMillis();
        return epoch < Installation.BEFORE ? 2 * length : length;
    }

    /// Changes what is signed of a window; the windows after it follow.
    void resign(long from, UnaryOperator<SettlementHeader> how) {
        var key = installation.key;
        var changed = how;
        for (var settlement : List.copyOf(settlements.tailMap(from, true).values())) {
            var header = changed.apply(settlement.header());
            settlements.put(
                    settlement.epoch(),
                    new Settlement(
                            header,
                            header.sign(key.getPrivate()),
                            settlement.publicKey(),
                            Map.of(),
                            settlement.corrections()));
            changed = next -> Copy.previous(next, header.hash());
        }
    }

    private static List<StreamRange> ranges(List<Leaf> window) {
        var ranges = new ArrayList<StreamRange>();
        for (var leaf : window) {
            var last = ranges.isEmpty() ? null : ranges.getLast();
            if (last != null && last.router() == leaf.router() && last.incarnation() == leaf.incarnation()) {
                ranges.set(
                        ranges.size() - 1,
                        new StreamRange(leaf.router(), leaf.incarnation(), last.from(), last.to() + 1));
            } else {
                ranges.add(new StreamRange(leaf.router(), leaf.incarnation(), leaf.position(), leaf.position() + 1));
            }
        }
        return ranges;
    }

    private EpochPage page(long epoch) {
        var pages = new ArrayList<RouterPage>();
        for (var router : installation.routers) {
            var secret = router.secret(epoch);
            pages.add(new RouterPage(
                    router.name,
                    Sha256.hex(secret),
                    HEX.formatHex(secret),
                    installation.taken(epoch),
                    skips(router.name, epoch)));
        }
        return new EpochPage(epoch, pages);
    }

    private List<Skips> skips(StreamName stream, long epoch) {
        var drawn = new TreeMap<String, Long>();
        var skipped = new TreeMap<String, Long>();
        for (var answered : installation.stream(stream).all(Answered.class)) {
            if (answered.race().epoch() == epoch) {
                answered.asked()
                        .places()
                        .forEach(place -> drawn.merge(place.operatorId().value(), 1L, Long::sum));
                answered.asked().skipped().forEach(skip -> {
                    drawn.merge(skip.operatorId().value(), 1L, Long::sum);
                    skipped.merge(skip.operatorId().value(), 1L, Long::sum);
                });
            }
        }
        return drawn.entrySet().stream()
                .map(entry -> new Skips(entry.getKey(), entry.getValue(), skipped.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    static String raceId(StreamName stream, Answered answered) {
        return IDS.seal(
                new RaceAddress(
                        stream.router(), stream.incarnation(), answered.race().sequence()),
                answered.race().occurredAt());
    }

    /// What the customers of an epoch were told.
    List<Receipt> receipts(long epoch) {
        var receipts = new ArrayList<Receipt>();
        for (var stream : installation.streams) {
            for (var answered : stream.all(Answered.class)) {
                if (answered.race().epoch() == epoch) {
                    var winner = answered.outcome().winner();
                    receipts.add(new Receipt(
                            raceId(stream.name, answered),
                            answered.outcome().feeNano(),
                            winner < 0
                                    ? null
                                    : answered.asked()
                                            .places()
                                            .get(winner)
                                            .operatorId()
                                            .value(),
                            null));
                }
            }
        }
        return receipts;
    }

    @Override
    public Optional<Settlement> settlement(long epoch) {
        return Optional.ofNullable(settlements.get(epoch));
    }

    @Override
    public Neighbours neighbours(Settlement settlement) {
        return new Neighbours(
                Optional.ofNullable(settlements.lowerKey(settlement.epoch())),
                Optional.ofNullable(settlements.higherKey(settlement.epoch())));
    }

    /// Numbers the first window as if epochs had been longer then.
    void renumberTheFirst(long epoch) {
        leaves.put(epoch, Objects.requireNonNull(leaves.remove(leaves.firstKey())));
        settlements.clear();
        seal(installation.key, UnaryOperator.identity());
    }

    @Override
    public boolean leaves(Settlement settlement, Consumer<PublishedLeaf> each) {
        leaves.getOrDefault(settlement.epoch(), List.of())
                .forEach(leaf -> each.accept(new PublishedLeaf(
                        new StreamName(leaf.router(), leaf.incarnation()), leaf.position(), leaf.bytes())));
        return true;
    }

    @Override
    public Optional<StakeShares> stakes(Settlement settlement) {
        return Optional.ofNullable(stakes.get(settlement.epoch()));
    }

    @Override
    public Optional<EpochPage> epoch(long number) {
        return Optional.ofNullable(epochs.get(number));
    }

    @Override
    public Optional<byte[]> snapshot(String hash) {
        return Optional.ofNullable(snapshots.get(hash));
    }

    @Override
    public Optional<Map<String, Object>> parameters(String version) {
        return Optional.ofNullable(parameters.get(version));
    }

    @Override
    public Optional<Proof> proof(long epoch, String raceId) {
        var window = leaves.getOrDefault(epoch, List.of());
        var index = indexes.computeIfAbsent(epoch, _ -> index(window))
                .get(IDS.open(raceId).orElseThrow().address());
        return index == null ? Optional.empty() : Optional.of(proof(raceId, window, index));
    }

    private static Map<RaceAddress, Integer> index(List<Leaf> window) {
        var index = new HashMap<RaceAddress, Integer>();
        for (var i = 0; i < window.size(); i++) {
            if (window.get(i).record() instanceof PublicRecord.Answered answered) {
                index.put(
                        new RaceAddress(
                                window.get(i).router(),
                                window.get(i).incarnation(),
                                answered.race().sequence()),
                        i);
            }
        }
        return index;
    }

    private static Proof proof(String raceId, List<Leaf> window, int index) {
        var hashes = window.stream().map(Leaf::hash).toList();
        return new Proof(
                raceId,
                window.get(index).bytes(),
                index,
                window.size(),
                MerkleTree.path(hashes, index).stream().map(HEX::formatHex).toList(),
                HEX.formatHex(MerkleTree.root(hashes)));
    }
}

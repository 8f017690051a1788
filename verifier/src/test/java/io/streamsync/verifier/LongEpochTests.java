package io.streamsync.verifier;

import static io.streamsync.verifier.EpochVerifierTests.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.Ed25519;
import io.streamsync.protocol.settlement.GrowingTree;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.MerkleTree;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Tally;
import io.streamsync.verifier.publication.Corrections;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Taken;
import io.streamsync.verifier.publication.Neighbours;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import io.streamsync.verifier.publication.StreamName;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An epoch of many records: it is read from a file, and never as a whole. `-Dstreamsync.test.leaves=1500000` makes it
/// as long as that of a busy market.
class LongEpochTests {

    private static final int LEAVES = Integer.getInteger("streamsync.test.leaves", 6_000);

    @TempDir
    private Path directory;

    @Test
    void aLongEpochIsReadPageByPage() throws IOException {
        var market = new LongEpoch(directory);
        market.trade(Installation.BEFORE);
        market.trade(Installation.WINDOW);
        var begun = System.nanoTime();

        var report = new EpochVerifier(market, LATER).verify(Installation.WINDOW, List.of());

        System.out.printf(
                "%d leaves, %d draws in %d ms%n",
                report.checked().leaves(),
                report.checked().replayed(),
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
        assertThat(report.findings()).isEmpty();
        assertThat(report.checked().leaves()).isGreaterThan(LEAVES * 9L / 10);
        assertThat(report.checked().replayed()).isEqualTo(report.checked().races());
    }

    /// One router, which is asked for the same thing again and again.
    private static final class LongEpoch implements Publication {

        private static final StreamName ROUTER = new StreamName(1, 1);

        private final Path directory;
        private final Parameters parameters = Parameters.defaults();
        private final MarketSnapshot snapshot = Asks.snapshot(parameters, 0);
        private final TestRouter router = new TestRouter(ROUTER, parameters, new Random(5), (_, _, _) -> null);
        private final KeyPair key = Installation.newKey();
        private final Map<Long, Settlement> settlements = new TreeMap<>();
        private String previous = SettlementHeader.NO_PREVIOUS;
        private long position;

        LongEpoch(Path directory) {
            this.directory = directory;
        }

        /// The whole epoch, sealed behind its mark.
        void trade(long epoch) throws IOException {
            var length = parameters.epoch().toMillis();
            var window = new Window(position);
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(epoch))))) {
                var races = LEAVES / 2;
                for (var race = 0; race < races; race++) {
                    var at = epoch * length + race * length / races;
                    router.race(at, "getBalance", Terms.standard(3), snapshot, RacePlan.CONFIRMED);
                    router.drain(at, record -> window.add(record, out));
                }
                router.drain((epoch + 1) * length, record -> window.add(record, out));
                window.add(new EpochEnded(epoch, (epoch + 1) * length), out);
            }
            seal(epoch, window);
        }

        private void seal(long epoch, Window window) {
            var length = parameters.epoch().toMillis();
            var header = new SettlementHeader(
                    epoch,
                    epoch * length,
                    (epoch + 1) * length,
                    window.tree.count(),
                    HexFormat.of().formatHex(window.tree.root()),
                    previous,
                    HexFormat.of().formatHex(Ed25519.bytes(key.getPublic())),
                    window.tally.sums(),
                    0,
                    List.of(parameters.version()),
                    List.of(new StreamRange(1, 1, position, position + window.tree.count())));
            position += window.tree.count();
            previous = header.hash();
            settlements.put(
                    epoch,
                    new Settlement(
                            header,
                            header.sign(key.getPrivate()),
                            Ed25519.bytes(key.getPublic()),
                            Map.of(),
                            Corrections.NONE));
        }

        private Path file(long epoch) {
            return directory.resolve(epoch + ".leaves");
        }

        @Override
        public Optional<Settlement> settlement(long epoch) {
            return Optional.ofNullable(settlements.get(epoch));
        }

        @Override
        public Neighbours neighbours(Settlement settlement) {
            return new Neighbours(Optional.empty(), Optional.empty());
        }

        @Override
        public boolean leaves(Settlement settlement, Consumer<PublishedLeaf> each) {
            try (var in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file(settlement.epoch()))))) {
                var from = settlement.header().ranges().getFirst().from();
                for (var leaf = 0L; leaf < settlement.header().leafCount(); leaf++) {
                    each.accept(new PublishedLeaf(ROUTER, from + leaf, in.readNBytes(in.readInt())));
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<StakeShares> stakes(Settlement settlement) {
            return Optional.empty();
        }

        @Override
        public Optional<EpochPage> epoch(long number) {
            var secret = router.secret(number);
            return Optional.of(new EpochPage(
                    number,
                    List.of(new RouterPage(
                            ROUTER,
                            Sha256.hex(secret),
                            HexFormat.of().formatHex(secret),
                            List.of(new Taken(
                                    snapshot.hash(),
                                    Instant.ofEpochMilli(
                                            number * parameters.epoch().toMillis()))),
                            Asks.everybody(LEAVES)))));
        }

        @Override
        public Optional<byte[]> snapshot(String hash) {
            return Optional.of(snapshot.canonical());
        }

        @Override
        public Optional<Map<String, Object>> parameters(String version) {
            return Optional.of(parameters.published());
        }

        @Override
        public Optional<Proof> proof(long epoch, String raceId) {
            return Optional.empty();
        }

        /// What a window comes to.
        private final class Window {

            private final GrowingTree tree = new GrowingTree();
            private final Tally tally = new Tally(_ -> parameters);
            private final long from;

            Window(long from) {
                this.from = from;
            }

            void add(StreamRecord record, DataOutputStream out) {
                var bytes = StreamRecords.publicPart(StreamRecords.encode(record));
                var leaf = new Leaf(1, 1, from + tree.count(), bytes);
                tally.add(leaf.record());
                if (leaf.record() instanceof PublicRecord.Verified(var verified)) {
                    assertThat(Tally.givesBack(verified)).isFalse();
                }
                tree.add(MerkleTree.leafHash(bytes));
                try {
                    out.writeInt(bytes.length);
                    out.write(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}

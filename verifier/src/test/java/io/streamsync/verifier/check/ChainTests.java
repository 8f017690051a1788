package io.streamsync.verifier.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.settlement.Ed25519;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.publication.Corrections;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.Neighbours;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A market shows another header when it is asked for the same one again.
class ChainTests {

    private static final long FIRST = 100;
    private static final long LAST = 112;
    private static final long LENGTH = 10_000;

    private final KeyPair key = key();
    private final Headers headers = new Headers();
    private final Findings findings = new Findings();
    private final Settlement start = headers.publish(FIRST, LAST);
    private final Chain chain = new Chain(headers, start, findings);

    @Test
    void readsOldWindowsAgain() {
        back();
        back();

        assertThat(findings.counts()).isEmpty();
    }

    @Test
    void catchesAnotherHeaderWhenAnOldWindowIsReadAgain() {
        back();
        headers.settlements.put(LAST - 1, headers.signed(LAST - 1, SettlementHeader.NO_PREVIOUS, 7));
        chain.before(start);

        assertThat(findings.counts()).containsOnly(Map.entry(FindingCode.CHAIN_BROKEN, 1L));
    }

    @Test
    void catchesTwoWindowsThatFollowTheSameOne() {
        var middle = headers.settlement(FIRST + 1).orElseThrow();
        forth(middle);
        headers.settlements.put(
                FIRST + 2, headers.signed(FIRST + 2, middle.header().hash(), 7));
        chain.after(middle);

        assertThat(findings.counts()).containsOnly(Map.entry(FindingCode.CHAIN_BROKEN, 1L));
    }

    private void back() {
        var at = Optional.of(start);
        while (at.isPresent()) {
            at = chain.before(at.get());
        }
    }

    private void forth(Settlement from) {
        var at = Optional.of(from);
        while (at.isPresent()) {
            at = chain.after(at.get());
        }
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
    }

    /// Windows without a record.
    private final class Headers implements Publication {

        private final Map<Long, Settlement> settlements = new TreeMap<>();

        Settlement publish(long from, long to) {
            var last = signed(from, SettlementHeader.NO_PREVIOUS, 0);
            settlements.put(from, last);
            for (var epoch = from + 1; epoch <= to; epoch++) {
                last = signed(epoch, last.header().hash(), 0);
                settlements.put(epoch, last);
            }
            return last;
        }

        Settlement signed(long epoch, String previous, long stakersShare) {
            var publicKey = Ed25519.bytes(key.getPublic());
            var header = new SettlementHeader(
                    epoch,
                    epoch * LENGTH,
                    (epoch + 1) * LENGTH,
                    0,
                    "0".repeat(64),
                    previous,
                    HexFormat.of().formatHex(publicKey),
                    new Sums(0, 0, 0, 0, 0, 0, 0),
                    stakersShare,
                    List.of("1"),
                    List.of());
            return new Settlement(header, header.sign(key.getPrivate()), publicKey, Map.of(), Corrections.NONE);
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
            return false;
        }

        @Override
        public Optional<StakeShares> stakes(Settlement settlement) {
            return Optional.empty();
        }

        @Override
        public Optional<EpochPage> epoch(long number) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> snapshot(String hash) {
            return Optional.empty();
        }

        @Override
        public Optional<Map<String, Object>> parameters(String version) {
            return Optional.empty();
        }

        @Override
        public Optional<Proof> proof(long epoch, String raceId) {
            return Optional.empty();
        }
    }
}

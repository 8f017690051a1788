package io.streamsync.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Taken;
import io.streamsync.verifier.publication.NotCheckableException;
import io.streamsync.verifier.publication.Publication;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever becomes of the stakes, the races are checked; and the other way round.
class UncheckableStakesTests {

    private static final OperatorId RIVAL = Asks.operator(2);

    private final Installation market = new Installation(11, 6_000);
    private final Published published = market.publish();

    @Test
    void holdsNoStakeAgainstMoreSnapshotsThanItWouldRead() {
        halveTheStakeOf(RIVAL);
        nameLater(10_001);

        var report = verify(published);

        assertThat(report.counts()).isEmpty();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.checked().replayed()).isPositive();
        assertThat(report.checked().waiting())
                .singleElement()
                .asString()
                .endsWith(" snapshots around the end of the window, too many to hold 1 stakes against them");
    }

    @Test
    void checksRacesWhereStakesCannotBeRead() {
        var report = verify(new Relay(published) {
            @Override
            public Optional<StakeShares> stakes(Settlement settlement) {
                throw new NotCheckableException("garbage");
            }
        });

        assertThat(report.counts()).isEmpty();
        assertThat(report.checked().replayed()).isPositive();
        assertThat(report.checked().waiting()).containsExactly("the stakes: garbage");
    }

    @Test
    void checksStakesWhereRecordsCannotBeRead() {
        halveTheStakeOf(RIVAL);

        var report = verify(new Relay(published) {
            @Override
            public boolean leaves(Settlement settlement, Consumer<PublishedLeaf> each) {
                throw new NotCheckableException("garbage");
            }
        });

        assertThat(report.counts()).containsOnlyKeys(FindingCode.STAKES_WRONG);
        assertThat(report.checked().waiting()).containsExactly("the rest: garbage");
    }

    private static Report verify(Publication published) {
        return new EpochVerifier(published, EpochVerifierTests.LATER).verify(Installation.WINDOW, List.of());
    }

    private void halveTheStakeOf(OperatorId operator) {
        published.bonded = honest -> {
            var changed = new HashMap<>(honest);
            changed.computeIfPresent(operator, (_, stake) -> stake / 2);
            return changed;
        };
        published.seal(market.key, UnaryOperator.identity());
    }

    /// In the second epoch after the window, which none of its races is of.
    private void nameLater(int snapshots) {
        var epoch = Installation.AFTER + 1;
        var begin = Instant.ofEpochMilli(epoch * market.parameters.epoch().toMillis());
        var taken = IntStream.range(0, snapshots)
                .mapToObj(number -> new Taken("%064x".formatted(number), begin.plusMillis(number)))
                .toList();
        published.epochs.put(
                epoch,
                new EpochPage(
                        epoch, List.of(new RouterPage(Installation.STEADY, "00".repeat(32), null, taken, List.of()))));
    }
}

package io.streamsync.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.publication.EpochPage.Taken;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages that show a snapshot's first time in an epoch only, though the market came back to it.
class OlderWindowsTests {

    private final Installation market = new Installation(11, 3_000);
    private final Published published = market.publish();

    OlderWindowsTests() {
        Forger.page(
                published,
                Installation.BEFORE,
                page -> Copy.taken(
                        page,
                        List.of(
                                new Taken(hash(0), at(Installation.BEFORE, 0)),
                                new Taken(hash(1), at(Installation.WINDOW, -70)))));
        Forger.page(
                published,
                Installation.WINDOW,
                page -> Copy.taken(page, List.of(new Taken(hash(1), at(Installation.WINDOW, 0)))));
    }

    @Test
    void accusesWhereEveryTimeIsShown() {
        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_IN_FORCE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Installation.WINDOW, Installation.AFTER})
    void accusesNobodyBeforeAndSoonAfterStakesAreSigned(long signedFrom) {
        published.stakesFrom = signedFrom;
        published.seal(market.key, UnaryOperator.identity());

        var report = new EpochVerifier(published, EpochVerifierTests.LATER).verify(Installation.WINDOW, List.of());

        assertThat(report.counts()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.checked().replayed()).isPositive();
        assertThat(report.checked().notices())
                .contains("a window of the first format is near: whether snapshots were in force is not checked");
    }

    private String hash(int snapshot) {
        return market.snapshots.get(snapshot).hash();
    }

    private Instant at(long epoch, int seconds) {
        return Instant.ofEpochMilli(epoch * market.parameters.epoch().toMillis())
                .plusSeconds(seconds);
    }
}

package io.streamsync.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.NotCheckableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochVerifierTests {

    private static final long LENGTH = 300_000;
    static final InstantSource LATER = InstantSource.fixed(Instant.ofEpochMilli((Installation.AFTER + 9) * LENGTH));

    @Test
    void findsNothingInHonestMarkets() {
        for (var seed = 1; seed <= 4; seed++) {
            var published = new Installation(seed, 1_500).publish();

            for (var epoch = Installation.BEFORE; epoch <= Installation.AFTER; epoch++) {
                var report = new EpochVerifier(published, LATER)
                        .verify(epoch, published.receipts(epoch).reversed().subList(0, 40));

                assertThat(report.findings()).as("seed %d", seed).isEmpty();
                assertThat(report.checked().notices()).hasSize(epoch == Installation.BEFORE ? 1 : 0);
                // races that were in flight at the end of the last window are settled in none yet
                assertThat(report.isComplete() || epoch == Installation.AFTER).isTrue();
            }
        }
    }

    @Test
    void looksAtEverythingThatThereIs() {
        var published = new Installation(7, 1_000).publish();

        var checked = new EpochVerifier(published, LATER)
                .verify(
                        Installation.WINDOW,
                        published.receipts(Installation.WINDOW).subList(0, 40))
                .checked();

        assertThat(checked.races()).isGreaterThan(400).isEqualTo(checked.replayed());
        assertThat(checked.streams()).isEqualTo(3);
        assertThat(checked.verdicts()).isGreaterThan(400);
        assertThat(checked.refunds().keySet()).containsExactlyInAnyOrder(RefundReason.values());
        assertThat(checked.subscriptionCharges()).isPositive();
        assertThat(checked.withoutSla()).isPositive();
        assertThat(checked.withLists()).isBetween(1L, checked.races() / 2);
        assertThat(checked.creditSkips()).isZero();
        assertThat(checked.earlierVerdicts()).isZero();
        assertThat(checked.receipts()).isEqualTo(40);
    }

    @Test
    void waitsTenMinutesForASecret() {
        var published = new Installation(2, 20_000).publish();
        published.epochs.replaceAll((_, page) -> new EpochPage(
                page.epoch(),
                page.routers().stream()
                        .map(router -> new RouterPage(
                                router.stream(), router.commitment(), null, router.taken(), router.skips()))
                        .toList()));
        var soon = InstantSource.fixed(Instant.ofEpochMilli((Installation.WINDOW + 2) * LENGTH));

        var report = new EpochVerifier(published, soon).verify(Installation.WINDOW, List.of());

        assertThat(report.fits()).isTrue();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.checked().waiting()).contains("the secret of router 2/1 for epoch " + Installation.WINDOW);
    }

    @Test
    void cannotCheckWhatIsNotSettled() {
        var published = new Installation(1, 20_000).publish();

        assertThatThrownBy(() -> new EpochVerifier(published, LATER).verify(Published.LAST + 1, List.of()))
                .isInstanceOf(NotCheckableException.class)
                .hasMessageContaining("not settled");
    }
}

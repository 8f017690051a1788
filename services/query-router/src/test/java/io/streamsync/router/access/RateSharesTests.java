package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.LeaseAnswer.RateShare;
import io.streamsync.router.access.LeaseCall.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateSharesTests {

    private static final long START = Duration.ofHours(1).toNanos();

    private final RateShares shares = new RateShares();

    @Test
    void leavesAllToARouterThatIsAlone() {
        assertThat(shares.routers("account", "key", START)).isEqualTo(1);
    }

    @Test
    void countsAllLiveRoutersUntilBillingSaysWhoUsesTheCap() {
        shares.live(4);

        assertThat(shares.routers("account", "key", START)).isEqualTo(4);
        shares.answered(List.of(new RateShare("account", "key", 2)), START);
        assertThat(shares.routers("account", "key", START)).isEqualTo(2);
    }

    @Test
    void countsAllLiveRoutersAgainWhenBillingHasNotAnsweredForAWhile() {
        shares.live(4);
        shares.routers("account", null, START);
        shares.answered(List.of(new RateShare("account", null, 1)), START);

        assertThat(shares.routers("account", null, at(1_999))).isEqualTo(1);
        assertThat(shares.routers("account", null, at(2_000))).isEqualTo(4);
    }

    @Test
    void tellsBillingTwiceASecondOfWhatIsUsedAndOfNothingElse() {
        shares.routers("account", "key", START);
        shares.routers("account", null, START);

        assertThat(shares.due(START)).containsExactlyInAnyOrder(new Rate("account", "key"), new Rate("account", null));
        assertThat(shares.due(at(499))).isEmpty();
        shares.routers("account", "key", at(300));
        assertThat(shares.due(at(500))).containsExactly(new Rate("account", "key"));
        assertThat(shares.due(at(1_100))).isEmpty();
    }

    @Test
    void forgetsWhatIsNotUsed() {
        shares.routers("account", "key", START);
        shares.due(START);

        shares.tidy(at(3_000));
        shares.answered(List.of(new RateShare("account", "key", 3)), at(3_000));

        assertThat(shares.routers("account", "key", at(3_000))).isEqualTo(1);
    }

    private static long at(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }
}

package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.access.RateShares;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SharesTests {

    @Test
    void shedsTheCustomerThatFillsTheRouterAndNotTheOthers() {
        var shares = new Shares(10);
        for (var i = 0; i < 10; i++) {
            assertThat(shares.enter("busy")).isNotNull();
        }

        assertThat(shares.enter("busy")).isNull();
        assertThat(shares.enter("quiet")).isNotNull();
        assertThat(shares.enter("busy")).isNull();
    }

    @Test
    void takesNoMoreThanTwiceWhatFillsItFromHoweverManyCustomers() {
        var shares = new Shares(10);
        for (var i = 0; i < 20; i++) {
            assertThat(shares.enter("customer" + i)).isNotNull();
        }

        assertThat(shares.enter("another")).isNull();
        assertThat(shares.size()).isEqualTo(20);
    }

    @Test
    void takesAgainWhatWasLeft() {
        var shares = new Shares(1);
        Objects.requireNonNull(shares.enter("a")).leave();

        assertThat(shares.enter("a")).isNotNull();
    }

    @Test
    void forgetsWhoHasNothingInFlight() {
        var shares = new Shares(10);
        var gone = Objects.requireNonNull(shares.enter("gone"));
        var here = Objects.requireNonNull(shares.enter("here"));
        gone.leave();

        shares.tidy();

        assertThat(shares.size()).isEqualTo(1);
        here.leave();
        shares.tidy();
        assertThat(shares.size()).isZero();
    }

    @Test
    void capsAKeyAtItsOwnRate() {
        var caps = new RateCaps(new RateShares());
        var credential = credential(OptionalInt.of(2), OptionalInt.empty());
        var now = System.nanoTime();

        assertThat(caps.allows(credential, now)).isTrue();
        assertThat(caps.allows(credential, now)).isTrue();
        assertThat(caps.allows(credential, now)).isFalse();
        assertThat(caps.allows(credential, now + 500_000_000L)).isTrue();
        assertThat(caps.allows(credential, now + 500_000_001L)).isFalse();
    }

    @Test
    void capsAnAccountOverItsKeys() {
        var caps = new RateCaps(new RateShares());
        var now = System.nanoTime();

        assertThat(caps.allows(credential(OptionalInt.empty(), OptionalInt.of(1)), now))
                .isTrue();
        assertThat(caps.allows(credential(OptionalInt.of(100), OptionalInt.of(1)), now))
                .isFalse();
    }

    private static Credential credential(OptionalInt rateCap, OptionalInt accountRateCap) {
        return new Credential(
                "k", "acct", Scope.QUERY, OptionalLong.empty(), OptionalLong.empty(), rateCap, accountRateCap);
    }
}

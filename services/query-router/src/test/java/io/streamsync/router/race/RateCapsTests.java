package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.access.Credits;
import io.streamsync.router.access.RateShares;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateCapsTests {

    private static final long HALF_A_SECOND = 500_000_000L;

    private final RateCaps caps = new RateCaps(new RateShares());

    @Test
    void keepsTheKeysAllowanceWhenTheAccountsIsUsedUp() {
        assertThat(caps.allows(key("other", 1), 0)).isTrue();
        assertThat(caps.allows(key("key", 2), 0)).isFalse();
        assertThat(caps.allows(key("key", 2), 0)).isFalse();

        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 0)).isTrue();
        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 0)).isTrue();
        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 0)).isFalse();
    }

    @Test
    void takesAgainWhenTimeHasPassed() {
        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 0)).isTrue();
        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 0)).isTrue();

        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), HALF_A_SECOND))
                .isTrue();
        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), HALF_A_SECOND))
                .isFalse();
    }

    @Test
    void forgetsWhoseAllowanceIsWholeAgain() {
        caps.allows(key("key", 2), 0);

        caps.tidy(HALF_A_SECOND);
        assertThat(caps.size()).isEqualTo(1);
        caps.tidy(2 * HALF_A_SECOND);
        assertThat(caps.size()).isZero();
    }

    /// Two routers that know of each other let through what one would, whoever asks more.
    @Test
    void neverAllowsMoreOverAllRoutersThanTheCapAndASecondsBurst() {
        var random = new Random(7);
        var cap = 20;
        var each = List.of(router(2), router(2));
        var allowed = 0;

        for (var now = 0L; now < 10 * 2 * HALF_A_SECOND; now += 1_000_000) {
            var caps = each.get(random.nextInt(3) == 0 ? 0 : 1);
            allowed += caps.allows(key("key", cap, OptionalInt.empty()), now) ? 1 : 0;
        }

        assertThat(allowed).isBetween(cap * 9, cap * 10 + cap);
    }

    @Test
    void saysWhenTheNextQueryIsAllowed() {
        var caps = router(4);

        assertThat(caps.waitMillis(key("key", 2, OptionalInt.empty()), 0)).isEqualTo(2_000);
        assertThat(caps.waitMillis(key("key", 100), 0)).isEqualTo(4_000);
    }

    @Test
    void letsOneQueryThroughWhereTheShareIsLessThanOneASecond() {
        var caps = router(4);

        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 0)).isTrue();
        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 2 * HALF_A_SECOND))
                .isFalse();
        assertThat(caps.allows(key("key", 2, OptionalInt.empty()), 4 * HALF_A_SECOND))
                .isTrue();
    }

    private static RateCaps router(int ofRouters) {
        return new RateCaps(Credits.sharedAmong(ofRouters));
    }

    private static Credential key(String keyId, int rateCap) {
        return key(keyId, rateCap, OptionalInt.of(1));
    }

    private static Credential key(String keyId, int rateCap, OptionalInt accountRateCap) {
        return new Credential(
                keyId,
                "account",
                Scope.QUERY,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.of(rateCap),
                accountRateCap);
    }
}

package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import io.streamsync.router.access.RateShares;
import java.util.OptionalInt;
import java.util.OptionalLong;
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

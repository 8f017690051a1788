package io.streamsync.billing.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L",
                "SysvarC1ock11111111111111111111111111111111",
                "1111111111111111111111111111111Z",
                "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG" // the largest number of 32 bytes
            })
    void isAnyAddressOfThirtyTwoBytes(String address) {
        assertThat(new Destination(address).value()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "wallet",
                "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFH", // one more
                "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dU",
                "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2LL",
                "0iLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L",
                "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L ",
                "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2\u0000",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "1111111111111111111111111111111",
                "111111111111111111111111111111111"
            })
    void isNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Destination(text));
    }

    @Test
    void isNotTheAddressThatNobodyHolds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Destination("1".repeat(32)))
                .withMessageContaining("system program");
    }

    @Test
    void readsNoLongTextAsANumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Destination("z".repeat(1_000_000)));
    }
}

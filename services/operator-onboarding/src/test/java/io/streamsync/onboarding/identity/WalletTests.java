package io.streamsync.onboarding.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamsync.onboarding.TestWallet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletTests {

    /// All points of small order, then encodings that are not canonical: y of at least 2^255 - 19, and x = 0 said to be
    /// odd.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesKeysThatNobodyHolds(String hex) {
        var address = Base58.encode(HexFormat.of().parseHex(hex));

        assertThatIllegalArgumentException().isThrownBy(() -> new Wallet(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "not a wallet", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA1"})
    void refusesWhatIsNotAKey(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Wallet(address));
    }

    /// RFC 8032, 7.1, test 2.
    @Test
    void verifiesTheSignatureOfTheStandard() {
        var hex = HexFormat.of();
        var wallet = new Wallet(
                Base58.encode(hex.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")));
        var signature = hex.parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

        assertThat(wallet.signed("r", signature)).isTrue();
        assertThat(wallet.signed("s", signature)).isFalse();
    }

    @Test
    void tellsItsOwnSignatureFromOthers() {
        for (int round = 0; round < 20; round++) {
            var own = TestWallet.create();
            var other = TestWallet.create();
            var wallet = new Wallet(own.address());

            assertThat(wallet.signed("message", own.sign("message"))).isTrue();
            assertThat(wallet.signed("message", other.sign("message"))).isFalse();
            assertThat(wallet.signed("message", "short".getBytes(UTF_8))).isFalse();
            assertThat(wallet.signed("message", new byte[64])).isFalse();
        }
    }
}

package io.streamsync.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WalletTests {

    private static final String SEED = "3472d4dc25ecdebb783907231375b7e0312e308f1e3017081e63b7d626f37067";

    @Test
    void hasTheAddressThatSolanaDerivesFromTheSeed() {
        assertThat(Wallet.ofSeed(SEED).address()).isEqualTo("G77JnyZCt5yZmTJcTUBiWo4NFk1fCDxeXXEQnsfxd3JV");
    }

    @Test
    void signsSoThatThePublicKeyVerifies() throws Exception {
        // The address in hex, behind the fixed beginning of an X.509 Ed25519 key (RFC 8410).
        var encoded = HexFormat.of()
                .parseHex("302a300506032b6570032100" + hex(Wallet.ofSeed(SEED).address()));
        var verification = Signature.getInstance("Ed25519");
        verification.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verification.update("a message".getBytes(StandardCharsets.UTF_8));

        var signature = Wallet.ofSeed(SEED).sign("a message");

        assertThat(verification.verify(HexFormat.of().parseHex(hex(signature)))).isTrue();
    }

    @Test
    void writesLeadingZerosAsOnes() {
        assertThat(Base58.encode(new byte[] {0, 0, 1})).isEqualTo("112");
    }

    private static String hex(String base58) {
        var alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var value = base58.chars()
                .mapToObj(digit -> BigInteger.valueOf(alphabet.indexOf(digit)))
                .reduce(
                        BigInteger.ZERO,
                        (all, digit) -> all.multiply(BigInteger.valueOf(58)).add(digit));
        var bytes = base58.length() > 50 ? 64 : 32;
        return ("%0" + 2 * bytes + "x").formatted(value);
    }
}

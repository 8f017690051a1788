package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.protocol.settlement.Ed25519;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.Sums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementKeyTests {

    @TempDir
    Path directory;

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        var file = directory.resolve("keys").resolve("settlement.pem");

        var made = key(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(key(file).publicKey()).isEqualTo(made.publicKey());
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        var header = header(made);
        assertThat(header.isSigned(made.sign(header))).isTrue();
    }

    @Test
    void isReadAsOthersWriteIt() throws IOException, NoSuchAlgorithmException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var file = directory.resolve("theirs.pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\r\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\r\n-----END PRIVATE KEY-----\r\n");

        assertThat(key(file).publicKey()).isEqualTo(HexFormat.of().formatHex(Ed25519.bytes(pair.getPublic())));
    }

    @Test
    void saysWhatIsWrongWithItsFile() throws IOException {
        var file = directory.resolve("wrong.pem");
        for (var text : List.of("", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> key(file)).hasMessageContaining("STREAMSYNC_SETTLEMENT_KEY");
        }
        assertThatThrownBy(() -> key(directory)).hasMessageContaining("STREAMSYNC_SETTLEMENT_KEY");
    }

    @Test
    void closesItsFileToOthersOrRefusesIt() throws IOException {
        var file = directory.resolve("settlement.pem");
        var made = key(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(key(file).publicKey()).isEqualTo(made.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> key(Path.of("/proc/self/status"))) // whose mode nobody can change
                .hasMessageContaining("make it 0600: /proc/self/status");
    }

    @Test
    void saysWhichSettingIsWrong() {
        var key = Path.of("settlement.pem");
        var look = Duration.ofMillis(500);

        assertThatThrownBy(() -> new SettlementProperties(key, Duration.ofMillis(-1), look))
                .hasMessage("streamsync.settlement.overdue is 0s to 1d");
        assertThatThrownBy(() -> new SettlementProperties(key, Duration.ofDays(2), look))
                .hasMessage("streamsync.settlement.overdue is 0s to 1d");
        assertThatThrownBy(() -> new SettlementProperties(key, Duration.ZERO, Duration.ZERO))
                .hasMessage("streamsync.settlement.look is 1ms to 1d");
        assertThatThrownBy(() -> new SettlementProperties(Path.of(""), Duration.ZERO, look))
                .hasMessage("streamsync.settlement.key is the path of a file");
    }

    private static SettlementKey key(Path file) {
        return new SettlementKey(new SettlementProperties(file, Duration.ofMinutes(1), Duration.ofMillis(500)));
    }

    private static SettlementHeader header(SettlementKey key) {
        return new SettlementHeader(
                1,
                0,
                1,
                0,
                "00".repeat(32),
                SettlementHeader.NO_PREVIOUS,
                key.publicKey(),
                Sums.NOTHING,
                0,
                List.of("1"),
                List.of());
    }
}

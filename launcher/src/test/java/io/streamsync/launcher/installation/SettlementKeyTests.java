package io.streamsync.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementKeyTests {

    private Installation installation;

    @BeforeEach
    void useAFreshHome(@TempDir Path home) {
        installation = new Installation(home);
    }

    @Test
    void isAnEd25519KeyThatItsOwnerAloneReads() throws Exception {
        var file = SettlementKey.of(installation);

        var lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).isEqualTo("-----BEGIN PRIVATE KEY-----");
        assertThat(lines.getLast()).isEqualTo("-----END PRIVATE KEY-----");
        var encoded = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        assertThat(KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded))
                        .getAlgorithm())
                .isEqualTo("EdDSA");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void staysTheSameFromStartToStart() throws Exception {
        var first = Files.readString(SettlementKey.of(installation));

        assertThat(Files.readString(SettlementKey.of(installation))).isEqualTo(first);
    }
}

package io.streamsync.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTests {

    private Installation installation;

    @BeforeEach
    void useAFreshHome(@TempDir Path home) {
        installation = new Installation(home);
    }

    @Test
    void areReadableByTheirOwnerAlone() throws IOException {
        Secrets.of(installation);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(installation.secrets())))
                .isEqualTo("rw-------");
    }

    @Test
    void stayTheSameFromStartToStart() {
        var first = Secrets.of(installation);
        var second = Secrets.of(installation);

        assertThat(second.serviceToken()).isEqualTo(first.serviceToken());
        assertThat(second.databasePassword("billing")).isEqualTo(first.databasePassword("billing"));
    }

    @Test
    void differBetweenInstallations(@TempDir Path other) {
        assertThat(Secrets.of(installation).serviceToken())
                .isNotEqualTo(Secrets.of(new Installation(other)).serviceToken());
    }

    @Test
    void keepWhatIsThereWhenALaterVersionNeedsMore() throws IOException {
        Files.writeString(installation.secrets(), "service-token=known\n");

        var secrets = Secrets.of(installation);

        assertThat(secrets.serviceToken()).isEqualTo("known");
        assertThat(Secrets.of(installation).raceKey()).isEqualTo(secrets.raceKey());
    }

    @Test
    void encryptRaceIdsWithAnAesKey() {
        assertThat(Secrets.of(installation).raceKey()).matches("[0-9a-f]{32}");
    }
}

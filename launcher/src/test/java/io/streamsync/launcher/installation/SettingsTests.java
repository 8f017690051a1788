package io.streamsync.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTests {

    @Test
    void defaultsToAnOpenSandboxOnThisMachine() {
        assertThat(Settings.of(Map.of()))
                .isEqualTo(new Settings(8080, "maturity", true, "127.0.0.0/8,::1/128", "os", null, null));
    }

    @Test
    void handsOnWhatTheServicesReadUnderTheSameNames() {
        var given = Map.of(
                "STREAMSYNC_PHASE", "growth",
                "STREAMSYNC_SANDBOX", "false",
                "STREAMSYNC_ALLOWED_ENDPOINTS", "10.0.0.0/8",
                "STREAMSYNC_GENESIS_HASH", "2umww7G6BLUs4dD5fEeSwKTLXTsd2VftbL1i87jJDsdq",
                "STREAMSYNC_PARAMETERS", Path.of("pom.xml").toAbsolutePath().toString());

        assertThat(Settings.of(given).environment()).isEqualTo(given);
    }

    @Test
    void namesTheVariableThatMakesNoSense() {
        assertThatThrownBy(() -> Settings.of(Map.of("STREAMSYNC_PHASE", "childhood")))
                .hasMessage("STREAMSYNC_PHASE must be one of growth, launch, maturity, it is childhood");
        assertThatThrownBy(() -> Settings.of(Map.of("STREAMSYNC_PORT", "http")))
                .hasMessage("STREAMSYNC_PORT must be a port number, it is http");
        assertThatThrownBy(() -> Settings.of(Map.of("STREAMSYNC_PARAMETERS", "/nowhere.json")))
                .hasMessage("STREAMSYNC_PARAMETERS names a file that cannot be read: /nowhere.json");
    }
}

package io.streamsync.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTests {

    @Test
    void defaultsToAnOpenSandboxOnThisMachine() {
        assertThat(Settings.of(Map.of()))
                .isEqualTo(new Settings(8080, "maturity", true, "127.0.0.0/8,::1/128", "os", null, null));
    }

    @TempDir
    private Path directory;

    @Test
    void handsOnWhatTheServicesReadUnderTheSameNames() throws IOException {
        var given = Map.of(
                "STREAMSYNC_PHASE", "growth",
                "STREAMSYNC_SANDBOX", "false",
                "STREAMSYNC_ALLOWED_ENDPOINTS", "10.0.0.0/8",
                "STREAMSYNC_GENESIS_HASH", "2umww7G6BLUs4dD5fEeSwKTLXTsd2VftbL1i87jJDsdq",
                "STREAMSYNC_PARAMETERS", parameters("{\"epoch\":\"1m\"}").toString());

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

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"epoc\":\"1m\"},epoc",
                "{\"epoch\":-1},epoch",
                "{\"epoch\":null},epoch",
                "{\"epoch\",no JSON object",
                "[],no JSON object",
                "null,no JSON object"
            })
    void saysWhatIsWrongWithAFileOfParameters(String content, String named) throws IOException {
        var given = Map.of("STREAMSYNC_PARAMETERS", parameters(content).toString());

        assertThatThrownBy(() -> Settings.of(given))
                .isInstanceOf(Obstacle.class)
                .hasMessageContaining("STREAMSYNC_PARAMETERS")
                .hasMessageContaining(named);
    }

    private Path parameters(String content) throws IOException {
        return Files.writeString(directory.resolve("parameters.json"), content);
    }
}

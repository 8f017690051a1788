package io.streamsync.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.parameters.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/// What the story takes from devnet's files.
class StoryCastTests {

    private static final Path DEVNET = Path.of("..", "devnet");
    private static final TypeReference<Map<String, Object>> OVERRIDES = new TypeReference<>() {};

    @Test
    void everyPartIsPlayedByOneOperator() {
        var parts = DevnetPlan.read(DEVNET).operators().stream()
                .map(DevnetPlan.Operator::part)
                .filter(Objects::nonNull);

        assertThat(parts).containsExactlyInAnyOrder("discounter", "unsteady", "liar", "slow");
    }

    @Test
    void theParametersAreAVersionOfTheirOwn() throws IOException {
        var overrides = Api.JSON.readValue(Files.readString(DEVNET.resolve("parameters.json")), OVERRIDES);

        assertThat(Parameters.defaults().with(overrides).version())
                .isNotEqualTo(Parameters.defaults().version());
    }
}

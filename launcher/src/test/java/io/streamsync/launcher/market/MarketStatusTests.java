package io.streamsync.launcher.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.RunFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class MarketStatusTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void hasTheShapeOfThePublicInterfaces(@TempDir Path home) {
        var installation = new Installation(home);
        installation.prepare();
        new RunFiles(installation).write("router-1", ProcessIdentity.current());

        var status = MarketStatus.of(installation, new Composition(21_000, 8480, 2, "maturity"));

        assertThat(JSON.readTree(JSON.writeValueAsString(status)))
                .isEqualTo(JSON.readTree("""
                {
                  "url": "http://127.0.0.1:8480",
                  "wsUrl": "ws://127.0.0.1:8481",
                  "phase": "maturity",
                  "routers": [
                    {"url": "http://127.0.0.1:8480", "pid": %d, "health": "DOWN"},
                    {"url": "http://127.0.0.1:21020", "pid": null, "health": "DOWN"}
                  ],
                  "services": {
                    "billing": {"pid": null, "health": "DOWN"},
                    "reputation": {"pid": null, "health": "DOWN"},
                    "operator-onboarding": {"pid": null, "health": "DOWN"}
                  },
                  "postgres": {"port": 21000, "pid": null, "health": "DOWN"},
                  "kafka": {"port": 21001, "pid": null, "health": "DOWN"},
                  "dataDir": "%s"
                }""".formatted(ProcessHandle.current().pid(), home)));
        assertThat(status.isHealthy()).isFalse();
    }
}

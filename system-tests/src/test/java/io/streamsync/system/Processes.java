package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The market's processes as `./streamsync status --json` names them, and what can happen to them.
final class Processes {

    private Processes() {}

    /// @param pointer such as `/routers/0/pid`
    static long of(String pointer) throws IOException, InterruptedException {
        return status().at(pointer).asLong();
    }

    static JsonNode status() throws InterruptedException {
        Path output = Market.HOME.resolveSibling("status.json");
        assertThat(Market.script(output, "status", "--json").waitFor())
                .as("something may be down, which stories see to")
                .isBetween(0, 1);
        return JsonMapper.shared().readTree(Market.read(output));
    }

    static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    /// @param name such as `STOP`
    static void signal(long pid, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}

package io.streamsync.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.process.RunFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person reads when the market cannot start: one line, exit code 1, and nothing left behind.
class ObstacleTests {

    @TempDir
    private Path directory;

    @Test
    void namesThePortThatSomebodyElseHas() throws Exception {
        try (var _ = new ServerSocket(Launched.EDGE, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var up = up(Map.of());

            assertThat(up.err())
                    .isEqualTo("streamsync: port " + Launched.EDGE
                            + " (the edge) is in use by another process: choose another with STREAMSYNC_PORT\n");
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(new RunFiles(new Installation(home())).names()).isEmpty();
        }
    }

    @Test
    void saysThatTheHomeCannotBeWritten() throws Exception {
        Files.writeString(home(), "a file where the directory should be");

        var up = up(Map.of());

        assertThat(up.err())
                .startsWith("streamsync: cannot ")
                .contains(home().toString())
                .hasLineCount(1);
        assertThat(up.exitCode()).isEqualTo(1);
    }

    @Test
    void namesTheHolderOfTheLock() throws Exception {
        Files.createDirectories(home());
        try (var channel =
                        FileChannel.open(home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var up = up(Map.of());

            assertThat(up.err()).startsWith("streamsync: another process holds the lock of " + home());
            assertThat(up.err()).hasLineCount(1);
            assertThat(up.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void refusesASettingThatMakesNoSense() throws Exception {
        var up = up(Map.of("STREAMSYNC_SANDBOX", "perhaps"));

        assertThat(up.err()).isEqualTo("streamsync: STREAMSYNC_SANDBOX must be one of false, true, it is perhaps\n");
        assertThat(up.exitCode()).isEqualTo(1);
    }

    @Test
    void saysWithExitCodeThreeThatNothingRuns() throws Exception {
        var status = Launched.run(home(), Map.of(), "status", "--json");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.out()).isEmpty();
    }

    private Launched up(Map<String, String> environment) throws Exception {
        return Launched.run(home(), environment, "up", "--port-base", Integer.toString(Launched.PORT_BASE));
    }

    private Path home() throws IOException {
        return directory.toRealPath().resolve("home");
    }
}

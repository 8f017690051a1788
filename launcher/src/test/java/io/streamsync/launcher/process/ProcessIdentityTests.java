package io.streamsync.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdentityTests {

    @Test
    void isAliveAsLongAsTheProcess() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        var identity = ProcessIdentity.of(process.pid()).orElseThrow();
        assertThat(identity.isAlive()).isTrue();

        process.destroyForcibly().waitFor();

        assertThat(identity.isAlive()).isFalse();
    }

    @Test
    void isNotTheProcessThatGotItsPidLater() {
        var current = ProcessIdentity.current();

        assertThat(new ProcessIdentity(current.pid(), "an earlier birth").isAlive())
                .isFalse();
    }

    @Test
    void hasEndedAlsoWhenNobodyCollectedIt() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "zombies are told apart on Linux");
        // The shell becomes a sleep, which never asks after the child that it inherits.
        var parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try (var output = parent.inputReader()) {
            var child = ProcessIdentity.of(Long.parseLong(output.readLine())).orElseThrow();

            Signals.send("KILL", child);

            await().atMost(Duration.ofMinutes(1)).until(() -> !child.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }
}

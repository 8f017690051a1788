package io.streamsync.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.launcher.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderlyStopTests {

    private final List<String> told = new ArrayList<>();
    private Installation installation;
    private Children children;

    @BeforeEach
    void useAFreshHome(@TempDir Path home) {
        installation = new Installation(home);
        installation.prepare();
        children = new Children(installation);
    }

    @AfterEach
    void leaveNothingBehind() {
        children.killTheRest();
    }

    @Test
    void stopsWhoAsksBeforeWhomItAsks() {
        for (var name : List.of("postgres", "kafka", "devnet-alpine-1", "billing", "router-1")) {
            children.start(sleep(name));
        }

        new OrderlyStop(installation, told::add).run();

        assertThat(told)
                .extracting(line -> line.strip().split(" +", 3)[1])
                .containsExactly("router-1", "billing", "devnet,", "kafka", "postgres");
        assertThat(new RunFiles(installation).names()).isEmpty();
    }

    @Test
    void neverTouchesAProcessThatGotAnotherOnesPid() {
        var innocent = children.start(sleep("elsewhere"));
        new RunFiles(installation).remove("elsewhere");
        new RunFiles(installation).write("billing", new ProcessIdentity(innocent.pid(), "an earlier birth"));

        new OrderlyStop(installation, told::add).run();

        assertThat(innocent.isAlive()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void ignoresARunFileThatIsDamaged() throws IOException {
        Files.writeString(installation.run().resolve("billing.pid"), "half a l");

        new OrderlyStop(installation, told::add).run();

        assertThat(told).isEmpty();
        assertThat(new RunFiles(installation).names()).isEmpty();
    }

    private static Program sleep(String name) {
        return new Program(name, List.of("sleep", "60"), Map.of());
    }
}

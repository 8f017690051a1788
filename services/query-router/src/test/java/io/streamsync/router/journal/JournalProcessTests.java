package io.streamsync.router.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// The journal between real processes.
@ExtendWith(OutputCaptureExtension.class)
class JournalProcessTests {

    @TempDir
    Path directory;

    private @Nullable Process writer;

    @AfterEach
    void kill() throws InterruptedException {
        if (writer != null) {
            writer.destroyForcibly().waitFor();
        }
    }

    @RepeatedTest(2)
    void keepsEveryRecordThatWasToldWrittenWhenTheProcessIsKilled() throws Exception {
        var process = write();
        await().until(() -> told() > 2_000);

        process.destroyForcibly().waitFor();

        try (var journal = Journals.open(directory, 2)) {
            var found = Journals.texts(journal, 1);
            assertThat(found).hasSizeGreaterThan((int) told());
            assertThat(found)
                    .isEqualTo(IntStream.range(0, found.size())
                            .mapToObj(number -> "record " + number)
                            .toList());
        }
    }

    @Test
    void isRefusedToASecondProcessWhichSaysSo(CapturedOutput output) throws IOException {
        write();
        await().until(() -> told() >= 0);

        assertThatThrownBy(() -> Journals.recover(directory)).isInstanceOf(JournalLockedException.class);

        assertThat(output.getOut())
                .contains("Another process has the journal", directory.toString(), "STREAMSYNC_ROUTER_ID");
    }

    private Process write() throws IOException {
        var started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendUntilKilled.class.getName(),
                        directory.toString(),
                        "1")
                .redirectOutput(directory.resolve("told").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        writer = started;
        return started;
    }

    /// The last position that the process was told is written, as far as it could say so.
    private long told() throws IOException {
        var text = Files.readString(directory.resolve("told"));
        var lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        return lines.isEmpty() ? -1 : Long.parseLong(lines.getLast());
    }
}

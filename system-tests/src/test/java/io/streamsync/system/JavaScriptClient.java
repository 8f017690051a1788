package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Market.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A script of `clients/` at work with an account.
record JavaScriptClient(String script, Process process, Path output, Path prices) {

    private static final int PATIENCE_SECONDS = 180;

    static JavaScriptClient start(Account account, String script, List<String> more) {
        var output = Market.HOME.resolveSibling(script + ".log");
        var prices = Market.HOME.resolveSibling(script + ".prices");
        var command = new ArrayList<>(List.of(
                "node",
                "system-tests/clients/" + script + ".mjs",
                account.rpcUrl().toString(),
                prices.toString()));
        command.addAll(more);
        try {
            Files.deleteIfExists(prices);
            var process = new ProcessBuilder(command)
                    .directory(Market.REPOSITORY.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(output.toFile()))
                    .start();
            return new JavaScriptClient(script, process, output, prices);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaScriptClient run(Account account, String script, List<String> more) {
        return start(account, script, more).toItsEnd();
    }

    /// Closes its input, waits for its end and finds that it liked what it saw.
    JavaScriptClient toItsEnd() {
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends: see %s", script, output)
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(said()).isZero();
        return this;
    }

    String said() {
        return Market.read(output);
    }

    /// What it found out: its last line.
    JsonNode result() {
        return JsonMapper.shared().readTree(said().lines().toList().getLast());
    }

    ClientLog log() {
        return ClientLog.read(prices);
    }
}

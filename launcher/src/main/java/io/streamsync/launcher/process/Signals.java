package io.streamsync.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/// Sends signals to processes that are known by birth, never to whoever has the pid now.
public final class Signals {

    private Signals() {}

    /// @param signal as `kill` names it, such as `TERM`
    public static void send(String signal, ProcessIdentity process) {
        if (!process.isAlive()) {
            return;
        }
        try {
            // The shell's own kill: there is no other way to INT, and the program is not everywhere.
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.streamsync.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of a run's own that serves a port; it ends with the run.
public final class Child implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /// A main class of the benchmarks' own, compiled as a server would be.
    public static Child java(Class<?> main, int port, List<String> flags, List<String> arguments, Path log) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return start(command, port, log);
    }

    public static Child start(List<String> command, int port, Path log) {
        if (answers(port)) {
            throw new IllegalStateException("something listens on port " + port + " already");
        }
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var child = new Child(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
            Runtime.getRuntime().addShutdownHook(new Thread(child::close));
            child.awaitPort(port, log);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort(int port, Path log) {
        while (!answers(port)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("it did not start: see " + log);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}

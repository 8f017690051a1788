package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.process.Children;
import io.streamsync.launcher.process.Detached;
import io.streamsync.launcher.process.LogFile;
import io.streamsync.launcher.process.Pause;
import io.streamsync.launcher.process.Program;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Devnet's processes: what orders the transactions, which belongs to no operator, and each node on its own.
final class Devnet {

    /// Twelve nodes that load the Solana VM at once on a small machine.
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 200;

    /// Nodes answer small things: a small young generation keeps twelve of them in little memory.
    private static final List<String> NODE_FLAGS = List.of("--max-semi-space-size=2");

    private final Path folder;
    private final Installation installation;
    private final Ports ports;
    private final Children children;

    Devnet(Path folder, Installation installation, Ports ports, Children children) {
        this.folder = folder;
        this.installation = installation;
        this.ports = ports;
        this.children = children;
    }

    /// Starts everything and waits until all nodes answer.
    List<DevnetNode> start(DevnetPlan plan) {
        installPackages();
        startSequencer();
        var running = new LinkedHashMap<DevnetNode, Process>();
        for (var operator : plan.operators()) {
            for (int number = 1; number <= operator.nodes().size(); number++) {
                var port = ports.node(running.size());
                var process = start(nodeName(operator.name(), number), port, nodeCommand(port));
                var settings = operator.nodes().get(number - 1);
                running.put(new DevnetNode(operator.name(), port, process.pid(), settings, operator.asks()), process);
            }
        }
        running.forEach((node, process) -> awaitListening("a node of " + node.operator(), node.port(), process));
        return List.copyOf(running.keySet());
    }

    /// Ends a node's process at once, as a power cut would.
    static void kill(DevnetNode node) {
        ProcessHandle.of(node.pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /// Starts a node again that has ended; [#awaitAnswering] says when it is there.
    DevnetNode restart(DevnetNode node, int number) {
        var process = start(nodeName(node.operator(), number), node.port(), nodeCommand(node.port()));
        return new DevnetNode(node.operator(), node.port(), process.pid(), node.plan(), node.operatorAsks());
    }

    static void awaitAnswering(DevnetNode node) {
        if (!new Awaiting(LIMIT).until(() -> listens(node.port()))) {
            throw new Obstacle("devnet: a node of " + node.operator() + " does not answer on port " + node.port());
        }
    }

    private void installPackages() {
        if (Files.isDirectory(folder.resolve("node_modules"))) {
            return;
        }
        var log = new LogFile(installation.log("npm"));
        log.begin();
        try {
            var npm = new ProcessBuilder("npm", "ci")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.path().toFile()))
                    .start();
            if (npm.waitFor() != 0) {
                throw new Obstacle("npm ci failed in " + folder + ": see " + log.path());
            }
        } catch (IOException e) {
            throw new Obstacle("cannot run npm, which devnet needs: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Obstacle("interrupted", e);
        }
    }

    /// Keeps its journal, so that the chain goes on where it was when the demo starts again.
    private void startSequencer() {
        try {
            Files.createDirectories(installation.devnet());
        } catch (IOException e) {
            throw new Obstacle("cannot create " + installation.devnet() + ": " + e.getMessage(), e);
        }
        var journal = installation.devnet().resolve("journal");
        var command = List.of(
                "node",
                folder.resolve("sequencer.mjs").toString(),
                "--port",
                Integer.toString(ports.sequencer()),
                "--journal",
                journal.toString());
        var process = start("devnet-sequencer", ports.sequencer(), command);
        awaitListening("the sequencer", ports.sequencer(), process);
    }

    private List<String> nodeCommand(int port) {
        var command = new ArrayList<>(List.of("node"));
        command.addAll(NODE_FLAGS);
        command.add(folder.resolve("node.mjs").toString());
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--sequencer", "http://127.0.0.1:" + ports.sequencer()));
        return command;
    }

    private Process start(String name, int port, List<String> command) {
        if (listens(port)) {
            throw new Obstacle("port " + port + " (devnet) is in use by another process: choose another --port-base");
        }
        new LogFile(installation.log(name)).begin();
        return children.start(new Program(name, Detached.command(command), Map.of()));
    }

    private static String nodeName(String operator, int number) {
        return "devnet-" + operator.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-" + number;
    }

    private static void awaitListening(String what, int port, Process process) {
        var started = System.nanoTime();
        while (!listens(port)) {
            if (!process.isAlive()) {
                throw new Obstacle("devnet: " + what + " on port " + port + " ended with exit code "
                        + process.exitValue() + ": see its log");
            }
            if (System.nanoTime() - started > LIMIT.toNanos()) {
                throw new Obstacle("devnet: " + what + " does not answer on port " + port);
            }
            Pause.sleep(POLL);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}

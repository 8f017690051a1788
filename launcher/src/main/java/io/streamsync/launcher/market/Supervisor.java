package io.streamsync.launcher.market;

import io.streamsync.launcher.backend.Kafka;
import io.streamsync.launcher.backend.MarketTopics;
import io.streamsync.launcher.backend.Postgres;
import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Secrets;
import io.streamsync.launcher.installation.Settings;
import io.streamsync.launcher.process.Children;
import io.streamsync.launcher.process.LogFile;
import io.streamsync.launcher.process.OrderlyStop;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.Program;
import io.streamsync.launcher.process.RunFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Starts the whole market, keeps it running, stops it in order. Parent of all its processes.
public final class Supervisor {

    /// Names its process, its log and nothing else.
    public static final String NAME = "supervisor";

    /// A market without its directory cannot be stopped by any command any more.
    private static final Duration HOME_CHECK = Duration.ofSeconds(5);

    private final Installation installation;
    private final Composition composition;
    private final Progress progress;
    private final Settings settings;
    private final Path root;
    private final Children children;
    private final Restarts restarts;
    private final Map<Program, Process> started = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean owner;
    private boolean stopping;

    public Supervisor(
            Installation installation, Composition composition, Settings settings, Path root, Progress progress) {
        this.installation = installation;
        this.composition = composition;
        this.progress = progress;
        this.settings = settings;
        this.root = root;
        children = new Children(installation);
        restarts = new Restarts(children, progress);
    }

    /// Starts everything and stays until [#stop()].
    ///
    /// @throws Obstacle when the market cannot start
    public void run() {
        try (var _ = InstallationLock.acquire(installation)) {
            own();
            start();
            awaitStop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops what runs, in order. May come at any time, also in the middle of a start, and from any thread.
    public synchronized void stop() {
        if (stopping || !owner) {
            return;
        }
        stopping = true;
        restarts.end();
        children.close();
        RunState.NOT_READY.mark(installation);
        new OrderlyStop(installation, line -> progress.say("  " + line)).run();
        children.killTheRest();
        Composition.remove(installation);
        new RunFiles(installation).remove(NAME);
        stopped.countDown();
    }

    /// Only the holder of the lock may stop what runs here.
    private synchronized void own() {
        owner = true;
        new RunFiles(installation).write(NAME, ProcessIdentity.current());
        RunState.NOT_READY.mark(installation);
    }

    private void start() {
        progress.say("StreamSync starts in " + installation.home());
        stopWhatALostSupervisorLeft();
        FreePorts.check(composition.ports(), composition.routers());
        composition.write(installation);
        var secrets = Secrets.of(installation);
        startBackends(secrets);
        startServices(new Services(installation, composition, settings, secrets, root));
        started.forEach(restarts::watch);
        RunState.READY.mark(installation);
        progress.say("ready after %.1f s: %s, WebSocket %s"
                .formatted(progress.seconds(), composition.url(), composition.webSocketUrl()));
    }

    private void awaitStop() throws InterruptedException {
        while (!stopped.await(HOME_CHECK.toSeconds(), TimeUnit.SECONDS)) {
            if (!Files.isDirectory(installation.run())) {
                throw new Obstacle(installation.home() + " has been deleted: the market stops");
            }
        }
    }

    private void stopWhatALostSupervisorLeft() {
        var stop = new OrderlyStop(installation, line -> progress.say("  " + line));
        if (!stop.remaining().isEmpty()) {
            progress.say("stopping what a killed supervisor left behind");
        }
        stop.run();
    }

    private void startBackends(Secrets secrets) {
        var ports = composition.ports();
        var postgres = new Postgres(installation, ports, secrets);
        var kafka = new Kafka(installation, ports);
        List.of(Postgres.NAME, Kafka.NAME).forEach(name -> new LogFile(installation.log(name)).begin());
        var postgresProgram = CompletableFuture.supplyAsync(postgres::program);
        var kafkaProgram = CompletableFuture.supplyAsync(kafka::program);
        var databases = postgres.databases();
        var kafkaStarting = start(result(kafkaProgram::join), () -> Health.listens(ports.kafka()));
        var postgresStarting = start(result(postgresProgram::join), databases::areReachable);
        Starting.awaitAll(List.of(postgresStarting, kafkaStarting), installation, progress);
        databases.create();
        new MarketTopics(kafka.bootstrapServers()).create();
        progress.ready("databases and topics");
    }

    private void startServices(Services services) {
        var starting = new ArrayList<Starting>();
        for (var service : services.all()) {
            new LogFile(installation.log(service.name())).begin();
            starting.add(start(service.program(), () -> Health.isUp(service.healthPort())));
        }
        Starting.awaitAll(starting, installation, progress);
    }

    private Starting start(Program program, BooleanSupplier ready) {
        var process = children.start(program);
        started.put(program, process);
        return new Starting(program.name(), process, ready);
    }

    private static Program result(Supplier<Program> program) {
        try {
            return program.get();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Obstacle obstacle ? obstacle : e;
        }
    }
}

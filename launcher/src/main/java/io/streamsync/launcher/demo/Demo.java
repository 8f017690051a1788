package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Settings;
import io.streamsync.launcher.market.Composition;
import io.streamsync.launcher.market.Progress;
import io.streamsync.launcher.market.RunState;
import io.streamsync.launcher.market.Shutdown;
import io.streamsync.launcher.market.SupervisorProcess;
import io.streamsync.launcher.process.Children;
import io.streamsync.launcher.process.OrderlyStop;
import io.streamsync.launcher.process.Pause;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.RunFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The demo from its start to its end: the market, devnet beside it, the story, and an orderly stop whatever happens.
public final class Demo {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Installation installation;
    private final Composition composition;
    private final Path root;
    private final Progress progress = new Progress(System.out);
    private final Children children;
    private volatile boolean stopping;

    /// @param root of the repository
    public Demo(Installation installation, Composition composition, Path root) {
        this.installation = installation;
        this.composition = composition;
        this.root = root;
        children = new Children(installation);
    }

    /// @param mainClass whose command `supervise` is the supervisor
    /// @return whether the story could be told and all of it held; without `exit` only once the market has ended
    public boolean run(Class<?> mainClass, boolean exit) {
        var startTime = StartTime.of(System.getenv());
        refuseToShare();
        DemoFile.remove(installation);
        var plan = DevnetPlan.read(root.resolve("devnet"));
        var supervisor = SupervisorProcess.start(installation, composition, mainClass, environment(plan));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor)));
        if (!supervisor.followUntilReady()) {
            return false;
        }
        new RunFiles(installation).write(Shutdown.DEMO, ProcessIdentity.current());
        try {
            var held = tell(plan, startTime);
            if (!exit) {
                stayInForeground(supervisor);
            }
            return held;
        } catch (Obstacle e) {
            if (stopping) {
                // Told in the middle of Ctrl-C: the market went away because it was asked to.
                return false;
            }
            throw e;
        }
    }

    /// The chain that the market sells is devnet's, and the parameters are the demo's, unless the environment names
    /// others.
    private Map<String, String> environment(DevnetPlan plan) {
        var configured = Settings.of(System.getenv());
        var environment = new HashMap<String, String>();
        if (configured.genesisHash() == null) {
            environment.put("STREAMSYNC_GENESIS_HASH", plan.genesisHash());
        }
        if (configured.parameters() == null) {
            var parameters = root.resolve("devnet").resolve("parameters.json");
            environment.put("STREAMSYNC_PARAMETERS", parameters.toAbsolutePath().toString());
        }
        return environment;
    }

    private void refuseToShare() {
        if (RunState.of(installation) == RunState.READY) {
            throw new Obstacle("a market runs in " + installation.home()
                    + " already: stop it with ./streamsync down, or give the demo a STREAMSYNC_HOME, a STREAMSYNC_PORT"
                    + " and a --port-base of its own");
        }
    }

    private boolean tell(DevnetPlan plan, StartTime startTime) {
        var devnet = new Devnet(root.resolve("devnet"), installation, composition.ports(), children);
        var nodes = devnet.start(plan);
        progress.ready("devnet, %d nodes".formatted(nodes.size()));
        var broken = new Story(composition, plan, progress).tell(installation, devnet, nodes, startTime);
        broken.forEach(claim -> System.err.println("streamsync: did not hold: " + claim));
        return broken.isEmpty();
    }

    private void stayInForeground(SupervisorProcess supervisor) {
        progress.say("Ctrl-C stops all of it.");
        while (supervisor.isAlive()) {
            Pause.sleep(POLL);
        }
        throw new Obstacle("the market has ended: see " + installation.log("supervisor"));
    }

    private void stop(SupervisorProcess supervisor) {
        stopping = true;
        progress.say("stopping");
        children.close();
        supervisor.stop();
        new RunFiles(installation).remove(Shutdown.DEMO);
        if (RunState.of(installation) == RunState.ORPHANED) {
            new OrderlyStop(installation, line -> progress.say("  " + line)).run();
        }
    }
}

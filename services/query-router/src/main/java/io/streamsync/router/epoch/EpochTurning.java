package io.streamsync.router.epoch;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// Turns the epochs, from the start to the end of the router.
final class EpochTurning implements SmartLifecycle {

    /// After the journal, before leases.
    private static final int PHASE = 100;

    /// How late the end of an epoch may be marked.
    private static final Duration OFTEN = Duration.ofMillis(100);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EpochSecrets secrets;
    private final RouterLog log;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "epochs");
    private volatile boolean running;

    EpochTurning(EpochSecrets secrets, RouterLog log) {
        this.secrets = secrets;
        this.log = log;
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
    }

    /// Whether epochs are still turned; an error of the machine ends it.
    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run() {
        try {
            var pause = Duration.ZERO;
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = turned() ? OFTEN : RETRY;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean turned() {
        try {
            secrets.turn();
            return true;
        } catch (IOException | RuntimeException e) {
            log.secretsFailed(e);
            return false;
        }
    }
}

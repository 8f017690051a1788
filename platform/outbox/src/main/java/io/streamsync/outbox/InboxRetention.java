package io.streamsync.outbox;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Forgets ids of events that no topic can deliver any more, so that the inbox stays small.
class InboxRetention implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InboxRetention.class);

    private final JdbcClient jdbc;
    private final OutboxProperties properties;
    private @Nullable ScheduledExecutorService clock;
    private volatile boolean running;

    InboxRetention(JdbcClient jdbc, OutboxProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("inbox-retention").daemon().factory());
        var _ = started.scheduleWithFixedDelay(this::forget, 1, 60, TimeUnit.MINUTES);
        clock = started;
    }

    void forget() {
        try {
            jdbc.sql("delete from inbox_event where taken_at < now() - make_interval(secs => ?)")
                    .param((double) properties.remember().toSeconds())
                    .update();
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("inbox not shortened, trying again in an hour")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    @Override
    public void stop() {
        running = false;
        if (clock != null) {
            clock.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

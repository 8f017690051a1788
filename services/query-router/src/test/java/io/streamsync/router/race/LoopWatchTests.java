package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real event loop that has too much to do.
class LoopWatchTests {

    private static final long PIECE = Duration.ofMillis(60).toNanos();

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Shares shares = new Shares(1_000);
    private final AdmissionProperties properties =
            new AdmissionProperties(Duration.ofMillis(20), Duration.ofMillis(100));
    private final LoopWatch watch = new LoopWatch(shares, new HeapRest(), properties, new RouterLog());

    @BeforeEach
    void start() {
        watch.watch(loop);
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.stop();
        var _ = loop.shutdownGracefully();
    }

    @Test
    void takesInLessWhileWorkWaitsAndMoreAgainAfter() {
        var heavy = enter("heavy", 900);
        keepBusy();

        Awaitility.await().until(watch::isOverloaded);
        assertThat(shares.enter("heavy")).isNull();
        assertThat(shares.enter("light")).isNotNull();
        Awaitility.await().until(() -> shares.limit().now() < 500);

        busy.set(false);
        heavy.forEach(Shares.Share::leave);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> shares.limit().now() == 1_000 && !watch.isOverloaded());
    }

    @Test
    void takesInAllWhereFewWait() {
        enter("some", 100);
        keepBusy();

        watch.look();
        watch.look();

        assertThat(shares.limit().isLowered()).isFalse();
    }

    private List<Shares.Share> enter(String customer, int times) {
        var entered = new ArrayList<Shares.Share>();
        for (var i = 0; i < times; i++) {
            var share = shares.enter(customer);
            if (share != null) {
                entered.add(share);
            }
        }
        return entered;
    }

    /// One piece of work after another, each longer than work may wait.
    private void keepBusy() {
        busy.set(true);
        loop.execute(this::work);
        loop.execute(this::work);
    }

    private void work() {
        LockSupport.parkNanos(PIECE);
        if (busy.get()) {
            loop.execute(this::work);
        }
    }
}

package io.streamsync.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.log.RouterLog;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;

class EdgeDrainTests {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("10.0.0.1", 1);

    private final OpenSockets sockets = new OpenSockets(10);
    private final EdgeDrain drain = new EdgeDrain(sockets, Duration.ofMinutes(1), new RouterLog());

    @Test
    void isOutOfServiceWhileItsClientsLeaveAndEndsWithTheLast() throws InterruptedException {
        sockets.enter(CLIENT);
        drain.start();
        assertThat(drain.health().getStatus()).isEqualTo(Status.UP);

        var stopping = Thread.ofVirtual().start(drain::stop);
        Awaitility.await().until(drain::isBegun);
        assertThat(drain.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(drain.isRunning()).isTrue();

        sockets.leave(CLIENT);
        stopping.join();
        assertThat(drain.isRunning()).isFalse();
    }

    @Test
    void comesBeforeAllElse() {
        assertThat(drain.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE);
    }
}

package io.streamsync.onboarding.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskedRoundsTests {

    private final AskedRounds rounds = new AskedRounds(Duration.ofMillis(1));
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void checksANodeOnceAtATime() {
        var running = running("slow");

        assertThatThrownBy(() -> rounds.run(new NodeId("slow"), () -> {}))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("being checked already");

        end.countDown();
        running.join();
        assertThat(ran("slow")).isTrue();
    }

    @Test
    void checksFourNodesAtATimeAndThenOthers() {
        var running = Stream.of("n1", "n2", "n3", "n4").map(this::running).toList();

        assertThatThrownBy(() -> rounds.run(new NodeId("n5"), () -> {}))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Many nodes");

        end.countDown();
        running.forEach(CompletableFuture::join);
        assertThat(ran("n5")).isTrue();
    }

    @Test
    void givesItsPlaceBackWhenARoundBreaks() {
        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> rounds.run(new NodeId("broken"), () -> {
                        throw new IllegalStateException("broken round");
                    }))
                    .hasMessage("broken round");
        }
    }

    private boolean ran(String nodeId) {
        var ran = new CompletableFuture<Boolean>();
        rounds.run(new NodeId(nodeId), () -> ran.complete(true));
        return ran.getNow(false);
    }

    /// A round that has begun, and ends with the test.
    private CompletableFuture<Void> running(String nodeId) {
        var begun = new CompletableFuture<Void>();
        var over = new CompletableFuture<Void>();
        Thread.startVirtualThread(() -> {
            rounds.run(new NodeId(nodeId), () -> {
                begun.complete(null);
                await();
            });
            over.complete(null);
        });
        begun.join();
        return over;
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

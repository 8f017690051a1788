package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.Broker;
import io.streamsync.billing.Market;
import io.streamsync.events.Topics;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.annotation.AfterTestMethod;

/// Windows of some days ago, which tests seal one after the other. Streams of other tests were opened later: nobody
/// waits for them.
@TestComponent
public class Windows {

    static final Duration LENGTH = Duration.ofMinutes(5);

    private static final Duration AGO = Duration.ofDays(10);

    /// Nobody is waited for so long after a window's end.
    static final Duration OVERDUE = Duration.ofMinutes(2);

    private final Sealing sealing;
    private final Settlements settlements;
    private final JdbcClient jdbc;

    /// Streams that the windows of the test at hand wait for.
    private final Set<Integer> aged = ConcurrentHashMap.newKeySet();

    Windows(Sealing sealing, Settlements settlements, JdbcClient jdbc) {
        this.sealing = sealing;
        this.settlements = settlements;
        this.jdbc = jdbc;
    }

    /// The epoch that is sealed next.
    long open() {
        if (settlements.last().isEmpty()) {
            var begun = Instant.now().minus(AGO).toEpochMilli() / LENGTH.toMillis();
            sealing.sealNext(startsAt(begun).plus(OVERDUE), Instant.EPOCH);
        }
        return settlements.last().orElseThrow().header().epoch() + 1;
    }

    Instant startsAt(long epoch) {
        return Instant.ofEpochMilli(epoch * LENGTH.toMillis());
    }

    /// Seals the window that is open, a second after its end: as soon as the stakes are read that other tests told of.
    Settlement seal() {
        var epoch = open();
        var sealed = await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(() -> sealAt(startsAt(epoch + 1).plusSeconds(1)), Optional::isPresent);
        assertThat(sealed).contains(epoch);
        return settlements.find(epoch).orElseThrow();
    }

    Optional<Long> sealAt(Instant now) {
        return sealing.sealNext(now, Instant.EPOCH);
    }

    /// Writes the mark of the open window's end.
    void mark(Market.Router router) {
        mark(router, open());
    }

    void mark(Market.Router router, long epoch) {
        router.write(new EpochEnded(epoch, startsAt(epoch + 1).toEpochMilli()));
    }

    /// Has all posted that the router wrote since its last frame.
    void post(Market.Router router) {
        var frame = router.frame();
        Broker.send(Topics.RACES, 0, router.key(), frame.encode());
        await().atMost(Duration.ofSeconds(20)).until(() -> next(router) >= frame.next());
    }

    /// As if the router had been there when the open window began.
    void age(Market.Router router) {
        aged.add(router.id);
        jdbc.sql("update stream set opened_at = 'epoch' where router = ?")
                .param(router.id)
                .update();
    }

    /// A test that fails leaves streams behind that marked nothing.
    @AfterTestMethod
    void waitForNoneOfThem() {
        jdbc.sql("update stream set opened_at = now() where router = any (?)")
                .param(aged.toArray(Integer[]::new))
                .update();
        aged.clear();
    }

    private long next(Market.Router router) {
        return jdbc.sql("select next_position from stream where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .query(Long.class)
                .single();
    }
}

package io.streamsync.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.pages.MarketPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.BaseSubscriber;
import tools.jackson.databind.json.JsonMapper;

class MarketStreamTests {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicReference<MarketPage> market = new AtomicReference<>(page("a"));
    private final AtomicLong nanos = new AtomicLong();
    private final MarketStream stream = new MarketStream(() -> market.get(), JsonMapper.shared(), nanos::get, 2);

    @Test
    void tellsTheMarketAtOnceAndWhenItChanged() {
        var listener = listener(Long.MAX_VALUE);

        stream.tell();
        stream.tell();
        market.set(page("b"));
        stream.tell();

        assertThat(listener.ids).startsWith("a").endsWith("b").hasSize(3);
    }

    @Test
    void showsThatTheLineIsAliveWhileNothingChanges() {
        var listener = listener(Long.MAX_VALUE);
        stream.tell();

        nanos.addAndGet(14 * SECOND);
        stream.tell();
        assertThat(listener.comments).isZero();
        nanos.addAndGet(SECOND);
        stream.tell();
        assertThat(listener.comments).isEqualTo(1);
    }

    @Test
    void dropsAListenerThatDoesNotKeepUp() {
        var slow = listener(1);
        var quick = listener(Long.MAX_VALUE);

        for (var i = 0; i < 100; i++) {
            market.set(page("p" + i));
            stream.tell();
        }
        slow.request(100);

        assertThat(slow.complete).isTrue();
        assertThat(slow.ids).hasSizeLessThan(20);
        assertThat(quick.complete).isFalse();
        assertThat(quick.ids).hasSize(101);
    }

    @Test
    void takesSoManyListenersAndNoMore() {
        var first = listener(1);
        listener(1);

        assertThat(stream.listen()).isNull();
        first.cancel();
        assertThat(stream.listen()).isNotNull();
    }

    @Test
    void endsForAllAtTheStop() {
        var listener = listener(Long.MAX_VALUE);

        stream.end();

        assertThat(listener.complete).isTrue();
    }

    private Listener listener(long demand) {
        var listener = new Listener(demand);
        Objects.requireNonNull(stream.listen()).subscribe(listener);
        return listener;
    }

    private static MarketPage page(String snapshot) {
        return new MarketPage(snapshot, List.of());
    }

    private static final class Listener extends BaseSubscriber<ServerSentEvent<String>> {

        private final List<String> ids = new ArrayList<>();
        private final long demand;
        private int comments;
        private boolean complete;

        Listener(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(demand);
        }

        @Override
        protected void hookOnNext(ServerSentEvent<String> event) {
            if (event.id() != null) {
                ids.add(event.id());
            } else {
                comments++;
            }
        }

        @Override
        protected void hookOnComplete() {
            complete = true;
        }
    }
}

package io.streamsync.router.gateway;

import io.streamsync.router.pages.MarketPage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.core.publisher.Sinks.EmitResult;
import tools.jackson.databind.json.JsonMapper;

/// The market as it changes, told to everybody who listens: written once a change and at most once a second, however
/// many they are. Who does not keep up is dropped, so that nothing piles up here.
class MarketStream {

    private static final String EVENT = "market";

    /// Events that may wait for one listener: some seconds of a slow line.
    private static final int WAITING = 8;

    /// So that proxies and clients see that the line is alive.
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(15).toNanos();

    /// For the end to wait for what is just being told.
    private static final Duration WHILE_TOLD = Duration.ofSeconds(1);

    private final Sinks.Many<ServerSentEvent<String>> events =
            Sinks.many().multicast().directBestEffort();
    private final AtomicInteger listeners = new AtomicInteger();
    private final Supplier<MarketPage> market;
    private final JsonMapper json;
    private final LongSupplier nanoTime;
    private final int most;
    private @Nullable MarketPage told;
    private long heardAt;

    /// @param most listeners at a time
    MarketStream(Supplier<MarketPage> market, JsonMapper json, LongSupplier nanoTime, int most) {
        this.market = market;
        this.json = json;
        this.nanoTime = nanoTime;
        this.most = most;
        heardAt = nanoTime.getAsLong();
    }

    /// The market now, and from now on; null when there are too many listeners.
    @Nullable
    Flux<ServerSentEvent<String>> listen() {
        if (listeners.incrementAndGet() > most) {
            listeners.decrementAndGet();
            return null;
        }
        // listens before it looks, so that no change falls between
        return Flux.merge(events.asFlux(), Mono.fromSupplier(() -> event(market.get())))
                .onBackpressureBuffer(WAITING)
                .onErrorComplete()
                .doFinally(_ -> listeners.decrementAndGet());
    }

    /// A second after the last look, so at most one event a second.
    @Scheduled(fixedDelay = 1_000)
    void tell() {
        if (listeners.get() == 0) {
            return;
        }
        var now = market.get();
        if (!now.equals(told)) {
            told = now;
            emit(event(now));
        } else if (nanoTime.getAsLong() - heardAt >= HEARTBEAT_NANOS) {
            emit(ServerSentEvent.<String>builder().comment("").build());
        }
    }

    /// Those who listen must not hold up a stop.
    @EventListener(ContextClosedEvent.class)
    void end() {
        events.emitComplete(EmitFailureHandler.busyLooping(WHILE_TOLD));
    }

    private void emit(ServerSentEvent<String> event) {
        EmitResult _ = events.tryEmitNext(event);
        heardAt = nanoTime.getAsLong();
    }

    private ServerSentEvent<String> event(MarketPage page) {
        return ServerSentEvent.builder(json.writeValueAsString(page))
                .event(EVENT)
                .id(page.snapshot())
                .build();
    }
}

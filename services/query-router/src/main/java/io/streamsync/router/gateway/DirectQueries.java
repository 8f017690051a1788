package io.streamsync.router.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.race.RacePipeline;
import io.streamsync.router.race.RpcResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/// The queries that are answered in front of the server, see [DirectConnection]; when the router stops they are waited
/// for as the server waits for its own.
final class DirectQueries implements DirectConnection.Answers, SmartLifecycle {

    /// Right after the server's wait, and before long answers are broken off.
    private static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 256;

    /// Longer than a query's deadline.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

    private final RacePipeline pipeline;
    private final InstantSource clock;
    private final RouterLog log;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean running;

    DirectQueries(RacePipeline pipeline, InstantSource clock, RouterLog log) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.log = log;
    }

    HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> channel.pipeline()
                .addBefore(
                        NettyPipeline.HttpTrafficHandler,
                        DirectConnection.class.getName(),
                        new DirectConnection(this)));
    }

    @Override
    public void answer(HttpRequest request, byte[] body, Channel channel, Consumer<RpcResponse> done) {
        open.incrementAndGet();
        try {
            race(request, body, channel, done);
        } catch (RuntimeException e) {
            log.queryFailed(e);
            done.accept(RpcResponse.Single.refused(Refusal.of(RefusalCode.UNAVAILABLE)));
        }
    }

    @Override
    public void ended() {
        open.decrementAndGet();
    }

    private void race(HttpRequest request, byte[] body, Channel channel, Consumer<RpcResponse> done) {
        var credential = pipeline.credential(ApiKey.of(request.headers(), request.uri()));
        if (credential == null) {
            done.accept(RpcResponse.Single.refused(Refusal.of(pipeline.keyRefusal())));
        } else {
            var query = new HttpRpcRequest(request.headers(), request.uri(), channel, body, clock.millis());
            pipeline.answer(query, credential, done);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (open.get() > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        running = false;
    }

    /// Beside the thread of the stop, which goes on when the phase's time is over.
    @Override
    public void stop(Runnable callback) {
        Thread.ofVirtual().start(() -> {
            stop();
            callback.run();
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

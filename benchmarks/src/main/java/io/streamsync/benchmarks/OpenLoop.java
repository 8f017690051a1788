package io.streamsync.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// An open-loop generator: requests start at a constant rate whatever the answers do, and a latency counts from the
/// moment at which the request should have started, so that a stall is not hidden by waiting for it.
final class OpenLoop {

    private final URI target;
    private final Map<String, String> headers;
    private final int connections;

    OpenLoop(URI target, Map<String, String> headers, int connections) {
        this.target = target;
        this.headers = headers;
        this.connections = connections;
    }

    /// Sends at `rate` per second for as long as said, each request with parameters of its own.
    Result run(int rate, Duration length) throws InterruptedException {
        var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            var run = new Run(loops.next(), rate, Math.toIntExact(rate * length.toMillis() / 1000));
            run.connect();
            run.start();
            run.done.await(length.toSeconds() + 30, TimeUnit.SECONDS);
            return new Result(run.latencies, run.failed, Duration.ofNanos(System.nanoTime() - run.startedAt));
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /// What came of a run.
    ///
    /// @param latencies of all answers with status 200 in microseconds
    /// @param failed answers with another status, and requests whose connection broke
    record Result(Histogram latencies, long failed, Duration elapsed) {

        double perSecond() {
            return latencies.getTotalCount() * 1e9 / elapsed.toNanos();
        }

        double millisAt(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    private final class Run {

        final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
        final CountDownLatch done = new CountDownLatch(1);
        final ArrayDeque<Connection> idle = new ArrayDeque<>();
        final ArrayDeque<Long> waiting = new ArrayDeque<>();
        final EventLoop loop;
        final long interval;
        final int total;
        long startedAt;
        long failed;
        int begun;
        int ended;
        int sent;

        Run(EventLoop loop, int rate, int total) {
            this.loop = loop;
            this.interval = TimeUnit.SECONDS.toNanos(1) / rate;
            this.total = total;
        }

        void connect() throws InterruptedException {
            for (int n = 0; n < connections; n++) {
                var connection = new Connection(this);
                connection.channel = new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .handler(new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(new HttpClientCodec(), new HttpObjectAggregator(1 << 20), connection);
                            }
                        })
                        .connect(target.getHost(), target.getPort())
                        .sync()
                        .channel();
                idle.add(connection);
            }
        }

        void start() {
            loop.execute(() -> {
                startedAt = System.nanoTime();
                tick();
            });
        }

        private void tick() {
            long now = System.nanoTime();
            while (begun < total && startedAt + begun * interval <= now) {
                begin(startedAt + begun * interval);
                begun++;
            }
            if (begun < total) {
                var _ = loop.schedule(this::tick, Math.min(interval, 1_000_000), TimeUnit.NANOSECONDS);
            }
        }

        private void begin(long intended) {
            var connection = idle.poll();
            if (connection == null) {
                waiting.add(intended);
            } else {
                connection.send(intended);
            }
        }

        void ended(Connection connection, boolean answered) {
            if (answered) {
                latencies.recordValue(Math.min(
                        (System.nanoTime() - connection.intended) / 1000, latencies.getHighestTrackableValue()));
            } else {
                failed++;
            }
            if (++ended == total) {
                done.countDown();
            }
            var next = waiting.poll();
            if (next == null) {
                idle.add(connection);
            } else {
                connection.send(next);
            }
        }
    }

    private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Run run;
        private @Nullable Channel channel;
        private long intended;

        Connection(Run run) {
            this.run = run;
        }

        void send(long intendedAt) {
            intended = intendedAt;
            var open = channel;
            if (open == null || !open.isActive()) {
                run.ended(this, false);
                return;
            }
            int number = run.sent++;
            var body = ("{\"jsonrpc\":\"2.0\",\"id\":" + number + ",\"method\":\"getAccountInfo\",\"params\":[\""
                            + address(number) + "\",{\"encoding\":\"base64\",\"commitment\":\"confirmed\"}]}")
                    .getBytes(UTF_8);
            var request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, target.getRawPath(), Unpooled.wrappedBuffer(body));
            request.headers()
                    .set(HttpHeaderNames.HOST, target.getAuthority())
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
            headers.forEach(request.headers()::set);
            var _ = open.writeAndFlush(request, open.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            run.ended(this, response.status().code() == 200);
        }
    }

    /// An address of its own for each request, so that nothing can be answered from a cache.
    private static String address(int number) {
        var text = "So1anaBenchmark1111111111111111111111111111".getBytes(US_ASCII);
        for (int at = 15, rest = number; rest > 0; at++, rest /= 9) {
            text[at] = (byte) ('1' + rest % 9);
        }
        return new String(text, US_ASCII);
    }
}

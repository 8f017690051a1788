package io.streamsync.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Where load goes to and by what.
public final class Load {

    /// How long answers may be missing after the last request.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI target;
    private final Map<String, String> headers;
    private final String method;

    public Load(URI target, Map<String, String> headers, String method) {
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.method = method;
    }

    /// Requests start at a constant rate whatever the answers do, and a latency counts from the moment at which the
    /// request should have started, so that a stall is not hidden by waiting for it.
    public Result atRate(int perSecond, int connections, Duration length) throws InterruptedException {
        return run(loop -> new OpenLoop(loop, perSecond, length), connections, length);
    }

    /// Every connection asks again as soon as it is answered: as much as the target takes.
    public Result atSaturation(int connections, Duration length) throws InterruptedException {
        return run(loop -> new ClosedLoop(loop, length), connections, length);
    }

    private Result run(Pacing pacing, int connections, Duration length) throws InterruptedException {
        var loops = Loops.one("load");
        try {
            var loop = loops.next();
            var run = pacing.on(loop);
            var requests = new Requests(target, headers, method);
            var open = connect(loop, run, requests, connections);
            loop.execute(() -> run.start(open));
            run.await(length.plus(PATIENCE));
            return run.result();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private List<ClientConnection> connect(EventLoop loop, LoadRun run, Requests requests, int connections)
            throws InterruptedException {
        var open = new ArrayList<ClientConnection>();
        for (var n = 0; n < connections; n++) {
            var connection = new ClientConnection(run, requests);
            new Bootstrap()
                    .group(loop)
                    .channel(Loops.socket())
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new HttpResponseDecoder(), connection);
                        }
                    })
                    .connect(target.getHost(), target.getPort())
                    .sync();
            open.add(connection);
        }
        return open;
    }

    private interface Pacing {

        LoadRun on(EventLoop loop);
    }
}

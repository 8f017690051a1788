package io.streamsync.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One client's connection, with one request under way at most.
final class ClientConnection extends ChannelInboundHandlerAdapter {

    private static final int OK = 200;

    private final LoadRun run;
    private final Requests requests;
    private @Nullable ChannelHandlerContext context;
    private boolean waits;
    private long intended;
    private int status;
    private String excerpt = "";

    ClientConnection(LoadRun run, Requests requests) {
        this.run = run;
        this.requests = requests;
    }

    /// @param intendedAt when the request should have started
    void send(long intendedAt) {
        intended = intendedAt;
        var open = context;
        if (open == null || !open.channel().isActive()) {
            run.failed(this, "the connection is closed");
            return;
        }
        waits = true;
        excerpt = "";
        var _ = open.writeAndFlush(requests.next(open.alloc()), open.voidPromise());
    }

    boolean isOpen() {
        return context != null && context.channel().isActive();
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                status = response.status().code();
            }
            if (message instanceof HttpContent content) {
                read(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpContent content) {
        if (status != OK && excerpt.isEmpty()) {
            excerpt = content.content().toString(UTF_8);
        }
        if (content instanceof LastHttpContent) {
            waits = false;
            if (status == OK) {
                run.answered(this, intended);
            } else {
                run.failed(this, status + " " + excerpt);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        if (waits) {
            waits = false;
            run.failed(this, "the connection broke");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        var _ = failed.close();
    }
}

package io.streamsync.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A node that answers by script, quickly enough not to be what is measured: fixed answers of mainnet's usual size
/// after
/// a fixed or log-normal time. It answers what admission asks too, so that it can be listed like any node.
final class ScriptedNode {

    private static final Pattern METHOD = Pattern.compile("\"method\"\\s*:\\s*\"(\\w+)\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|\\d+|null)");
    private static final String GENESIS = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";
    private static final long SLOT_MILLIS = 400;

    private final Latency latency;
    private volatile String operatorId = "";

    private ScriptedNode(Latency latency) {
        this.latency = latency;
    }

    /// @param arguments port, then median and 99th percentile of the answering time in ms (equal: fixed)
    public static void main(String[] arguments) throws InterruptedException {
        var latency = new Latency(Double.parseDouble(arguments[1]), Double.parseDouble(arguments[2]));
        new ScriptedNode(latency).serve(Integer.parseInt(arguments[0]));
    }

    private void serve(int port) throws InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Conversation());
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static String answer(String body) {
        var method = METHOD.matcher(body);
        var id = ID.matcher(body);
        var slot = System.currentTimeMillis() / SLOT_MILLIS;
        return "{\"jsonrpc\":\"2.0\",\"result\":" + result(method.find() ? method.group(1) : "", slot) + ",\"id\":"
                + (id.find() ? id.group(1) : "null") + "}";
    }

    private static String result(String method, long slot) {
        var context = "{\"context\":{\"apiVersion\":\"3.0.0\",\"slot\":" + slot + "},\"value\":";
        return switch (method) {
            case "getHealth" -> "\"ok\"";
            case "getVersion" -> "{\"feature-set\":3640012085,\"solana-core\":\"3.0.0\"}";
            case "getGenesisHash" -> "\"" + GENESIS + "\"";
            case "getSlot" -> Long.toString(slot);
            case "getMinimumBalanceForRentExemption" -> "890880";
            case "getLatestBlockhash" ->
                context + "{\"blockhash\":\"EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N\",\"lastValidBlockHeight\":"
                        + (slot + 150) + "}}";
            case "getBalance" -> context + "1000000000}";
            default ->
                context + "{\"data\":[\"" + "QUJD".repeat(55)
                        + "\",\"base64\"],\"executable\":false,\"lamports\":2039280,\"owner\":"
                        + "\"TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA\",\"rentEpoch\":18446744073709551615,"
                        + "\"space\":165}}";
        };
    }

    private final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            var body = request.content().toString(UTF_8);
            if (request.method().equals(HttpMethod.PUT)) {
                operatorId = body;
                send(context, Unpooled.EMPTY_BUFFER);
            } else if (request.method().equals(HttpMethod.GET)) {
                send(context, Unpooled.copiedBuffer("{\"operatorId\":\"" + operatorId + "\"}", UTF_8));
            } else {
                answerLater(context, body);
            }
        }

        private void answerLater(ChannelHandlerContext context, String body) {
            var micros = latency.nextMicros();
            var answer = Unpooled.copiedBuffer(answer(body), UTF_8);
            if (micros == 0) {
                send(context, answer);
            } else {
                var _ = context.executor().schedule(() -> send(context, answer), micros, TimeUnit.MICROSECONDS);
            }
        }

        private static void send(ChannelHandlerContext context, ByteBuf body) {
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            var _ = context.writeAndFlush(response, context.voidPromise());
        }
    }

    /// Log-normal with the given median and 99th percentile, in ms; fixed where the two are equal.
    private record Latency(double median, double p99, Random random) {

        /// The 99th percentile of the standard normal distribution.
        private static final double Z99 = 2.3263;

        Latency(double median, double p99) {
            this(median, p99, new Random(42));
        }

        long nextMicros() {
            var sigma = p99 > median ? Math.log(p99 / median) / Z99 : 0;
            return Math.round(1000 * median * Math.exp(sigma * random.nextGaussian()));
        }
    }
}

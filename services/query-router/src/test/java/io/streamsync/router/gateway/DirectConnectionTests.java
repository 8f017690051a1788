package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.race.RpcResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is the server's and what is not, and the order of the answers of both.
class DirectConnectionTests {

    private static final RpcResponse ANSWER = RpcResponse.Single.refused(Refusal.of(RefusalCode.PARSE_ERROR));

    private final Asked asked = new Asked();
    private final SlowSocket socket = new SlowSocket();
    private final EmbeddedChannel channel = new EmbeddedChannel(socket, new DirectConnection(asked));

    @AfterEach
    void everyQueryHasEnded() {
        socket.takes();
        while (!asked.open.isEmpty()) {
            asked.answerNext();
        }
        channel.finishAndReleaseAll();

        assertThat(asked.ended).isEqualTo(asked.bodies.size());
    }

    @Test
    void answersAQueryThatCameWhole() {
        query("one");
        asked.answerNext();

        assertThat(asked.bodies).containsExactly("one");
        assertThat(status()).isEqualTo(400);
        assertThat(toServer()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Connection, close",
        "Connection, 'keep-alive, close'",
        "Upgrade, websocket",
        "Content-Encoding, gzip",
        "Transfer-Encoding, chunked",
        "Expect, 100-continue",
        "Content-Length, 100000"
    })
    void leavesWhatIsNotPlainToTheServer(String name, String value) {
        var request = head(3);
        request.headers().set(name, value);
        channel.writeInbound(request, end("one"));

        assertThat(asked.bodies).isEmpty();
        assertThat(toServer()).isSameAs(request);
        assertThat(toServer()).isInstanceOf(HttpContent.class);
    }

    @Test
    void leavesAConnectionThatEndsByALaterHeaderToTheServer() {
        var request = head(3);
        request.headers().add(HttpHeaderNames.CONNECTION, "keep-alive");
        request.headers().add(HttpHeaderNames.CONNECTION, "close");
        channel.writeInbound(request, end("one"));

        assertThat(toServer()).isSameAs(request);
        assertThat(asked.bodies).isEmpty();
    }

    @Test
    void leavesAQueryInPiecesToTheServer() {
        var request = head(6);
        channel.writeInbound(request, new DefaultHttpContent(Unpooled.copiedBuffer("one", UTF_8)));

        assertThat(toServer()).isSameAs(request);
        assertThat(toServer()).isInstanceOf(HttpContent.class);

        channel.writeInbound(end("two"));

        assertThat(toServer()).isInstanceOf(HttpContent.class);
        assertThat(asked.bodies).isEmpty();
    }

    @Test
    void answersInTheOrderOfTheQueries() {
        query("one");
        query("two");

        assertThat(asked.bodies).containsExactly("one");

        asked.answerNext();

        assertThat(asked.bodies).containsExactly("one", "two");
    }

    @Test
    void answersNothingFurtherBeforeTheAnswerHasLeft() {
        socket.isFull = true;
        query("one");
        query("two");
        asked.answerNext();

        assertThat(asked.bodies).containsExactly("one");
        assertThat(asked.ended).isZero();

        socket.takes();

        assertThat(asked.bodies).containsExactly("one", "two");
    }

    @Test
    void answersEachQueryOnce() {
        query("one");
        var done = asked.open.getFirst();
        asked.answerNext();
        done.accept(ANSWER);

        assertThat(status()).isEqualTo(400);
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(asked.ended).isEqualTo(1);
    }

    @Test
    void answersNothingBeforeWhatTheServerHasToAnswer() {
        var other = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/v1/market");
        channel.writeInbound(other, end(""));
        query("one");

        assertThat(asked.bodies).isEmpty();

        answerOfServer();
        answerOfServer();
        query("two");

        assertThat(asked.bodies).containsExactly("two");
    }

    @Test
    void takesAnInterimResponseForNoAnswer() {
        channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/v1/market"), end(""));
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        query("one");

        assertThat(asked.bodies).isEmpty();
    }

    @Test
    void holdsBackTheServersRequestsUntilItsAnswerIsOut() {
        query("one");
        var other = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/v1/market");
        channel.writeInbound(other, end(""));

        assertThat(toServer()).isNull();

        asked.answerNext();

        assertThat(toServer()).isSameAs(other);
    }

    @Test
    void answersManyAtOnceWithoutEndingInsideOneAnother() {
        query("first");
        for (var i = 0; i < 10_000; i++) {
            query("next");
        }
        asked.atOnce = true;
        asked.answerNext();

        assertThat(asked.bodies).hasSize(10_001);
    }

    @Test
    void closesOnlyWhenTheQueryIsAnswered() {
        query("one");
        var closed = channel.close();
        channel.runPendingTasks();

        assertThat(channel.isActive()).isTrue();

        asked.answerNext();

        assertThat(status()).isEqualTo(400);
        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void closesOnlyWhenTheAnswerHasLeft() {
        socket.isFull = true;
        query("one");
        asked.answerNext();
        var closed = channel.close();

        assertThat(channel.isActive()).isTrue();

        socket.takes();

        assertThat(status()).isEqualTo(400);
        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void closesAtOnceWhereNothingIsToAnswer() {
        assertThat(channel.close().isSuccess()).isTrue();
    }

    @Test
    void packsALongAnswerForWhoTakesIt() {
        var request = head(3);
        request.headers().set(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
        channel.writeInbound(request, end("one"));
        asked.open
                .removeFirst()
                .accept(RpcResponse.Single.refused(
                        Refusal.of(RefusalCode.INVALID_REQUEST).with("detail", "x".repeat(20_000))));

        FullHttpResponse response = channel.readOutbound();

        assertThat(response.headers().get(HttpHeaderNames.CONTENT_ENCODING)).isEqualTo("gzip");
        assertThat(response.headers().getInt(HttpHeaderNames.CONTENT_LENGTH))
                .isEqualTo(response.content().readableBytes())
                .isLessThan(2_000);
        response.release();
    }

    private void query(String body) {
        channel.writeInbound(head(body.length()), end(body));
    }

    private @Nullable Object toServer() {
        return channel.readInbound();
    }

    private int status() {
        FullHttpResponse response = channel.readOutbound();
        response.release();
        return response.status().code();
    }

    private void answerOfServer() {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }

    private static HttpRequest head(int length) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
        return request;
    }

    private static HttpContent end(String body) {
        return new DefaultLastHttpContent(Unpooled.copiedBuffer(body, UTF_8));
    }

    /// Where what is written stays until it is told to take it.
    private static final class SlowSocket extends ChannelOutboundHandlerAdapter {

        private final Queue<Runnable> held = new ArrayDeque<>();
        private boolean isFull;

        void takes() {
            isFull = false;
            while (!held.isEmpty()) {
                held.remove().run();
            }
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the promise is told
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (isFull) {
                held.add(() -> ctx.writeAndFlush(message, promise));
            } else {
                ctx.write(message, promise);
            }
        }
    }

    /// Answers when it is told to.
    private static final class Asked implements DirectConnection.Answers {

        private final List<String> bodies = new ArrayList<>();
        private final List<Consumer<RpcResponse>> open = new ArrayList<>();
        private boolean atOnce;
        private int ended;

        void answerNext() {
            open.removeFirst().accept(ANSWER);
        }

        @Override
        public void answer(HttpRequest request, byte[] body, Channel channel, Consumer<RpcResponse> done) {
            bodies.add(new String(body, UTF_8));
            if (atOnce) {
                done.accept(ANSWER);
            } else {
                open.add(done);
            }
        }

        @Override
        public void ended() {
            ended++;
        }
    }
}

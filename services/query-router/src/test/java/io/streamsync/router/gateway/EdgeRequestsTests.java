package io.streamsync.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeRequestsTests {

    private boolean leaving;
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new EdgeRequests(Duration.ofSeconds(10).toNanos(), () -> leaving));

    @AfterEach
    void nothingIsKept() {
        channel.finishAndReleaseAll();
    }

    @Test
    void takesTheRestOfABodyWhoseLastAnswerHasBegun() {
        leaving = true;
        channel.writeInbound(request("100"));
        channel.writeOutbound(response(HttpResponseStatus.OK));
        channel.writeInbound(content());

        assertThat(channel.<Object>readInbound()).isInstanceOf(HttpRequest.class);
        assertThat(channel.<Object>readInbound()).isInstanceOf(HttpContent.class);
    }

    @Test
    void takesNoFurtherRequestBehindTheLastAnswer() {
        leaving = true;
        channel.writeInbound(request("0"), LastHttpContent.EMPTY_LAST_CONTENT);
        channel.writeOutbound(response(HttpResponseStatus.OK));
        channel.writeInbound(request("100"), content());

        assertThat(channel.inboundMessages()).hasSize(2);
    }

    @Test
    void keepsAConnectionForASmallBodyThatNobodyReads() {
        channel.writeInbound(request("100"));

        assertThat(isLast(HttpResponseStatus.UNAUTHORIZED)).isFalse();
    }

    @Test
    void endsAConnectionForABodyThatIsTooLarge() {
        channel.writeInbound(request(Integer.toString(RequestBody.LARGEST + 1)));

        assertThat(isLast(HttpResponseStatus.UNAUTHORIZED)).isTrue();
    }

    @Test
    void endsAConnectionForABodyThatWasFoundTooLarge() {
        channel.writeInbound(request("100"));

        assertThat(isLast(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)).isTrue();
    }

    @Test
    void keepsAConnectionWhenATooLargeBodyIsWhole() {
        channel.writeInbound(request("0"), LastHttpContent.EMPTY_LAST_CONTENT);

        assertThat(isLast(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)).isFalse();
    }

    private boolean isLast(HttpResponseStatus status) {
        channel.writeOutbound(response(status));
        HttpResponse sent = channel.readOutbound();
        return sent.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }

    private static HttpRequest request(String length) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set(HttpHeaderNames.HOST, "edge").set(HttpHeaderNames.CONTENT_LENGTH, length);
        return request;
    }

    private static HttpContent content() {
        return new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[10]));
    }

    private static HttpResponse response(HttpResponseStatus status) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
    }
}

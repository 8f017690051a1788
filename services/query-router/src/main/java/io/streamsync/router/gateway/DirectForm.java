package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Which requests are so plain that they need nothing of the server: nearly all queries.
final class DirectForm {

    /// Five digits: above the longest transaction, and far below what a read brings.
    private static final int LONGEST_LENGTH = 5;

    private DirectForm() {}

    /// Of a head that [RequestForm] finds nothing wrong with.
    static boolean fits(HttpRequest request) {
        var headers = request.headers();
        return HttpMethod.POST.equals(request.method())
                && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && RpcPath.matches(request.uri())
                && isShort(headers.get(HttpHeaderNames.CONTENT_LENGTH))
                && !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && !headers.contains(HttpHeaderNames.UPGRADE);
    }

    private static boolean isShort(@Nullable String length) {
        return length != null && length.length() <= LONGEST_LENGTH;
    }
}

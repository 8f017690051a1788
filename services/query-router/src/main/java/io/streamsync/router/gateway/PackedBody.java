package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/// A request's body as the client packed it. What it unpacks to is bounded like any other body.
sealed interface PackedBody {

    /// @param body the request itself
    @SuppressWarnings("ArrayRecordComponent") // the bytes of one request, never compared
    record Unpacked(byte[] body) implements PackedBody {}

    record TooLarge() implements PackedBody {}

    /// Not what its header says.
    record Broken() implements PackedBody {}

    /// @param largest in bytes
    static PackedBody of(HttpServerRequest request, byte[] body, int largest) {
        return isGzip(request.requestHeaders().get(HttpHeaderNames.CONTENT_ENCODING))
                ? unpack(body, largest)
                : new Unpacked(body);
    }

    private static boolean isGzip(@Nullable String encoding) {
        var name = encoding == null ? "" : encoding.trim().toLowerCase(Locale.ROOT);
        return name.equals("gzip") || name.equals("x-gzip");
    }

    static PackedBody unpack(byte[] body, int largest) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var unpacked = gzip.readNBytes(largest + 1);
            return unpacked.length > largest ? new TooLarge() : new Unpacked(unpacked);
        } catch (IOException broken) {
            return new Broken();
        }
    }
}

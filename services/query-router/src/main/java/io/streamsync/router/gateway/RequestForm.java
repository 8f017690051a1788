package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request's head must be beyond what the decoder refuses by itself (two lengths, a length beside chunks, bare
/// line ends): all that another server on the way might read otherwise.
final class RequestForm {

    /// A plain proxy names the whole URL (RFC 9112, 3.2.2).
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/?#]*([/?#].*)?");

    private RequestForm() {}

    /// @return what is wrong; null when nothing is
    static @Nullable String fault(HttpRequest request) {
        if (request.protocolVersion().majorVersion() != 1) {
            return "another version than HTTP/1";
        }
        var headers = request.headers();
        var encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (encodings.size() > 1
                || (encodings.size() == 1 && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst()))) {
            return "a Transfer-Encoding other than chunked";
        }
        var hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && HttpVersion.HTTP_1_1.equals(request.protocolVersion()))) {
            return "not one Host";
        }
        var length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null || isNumber(length) ? null : "a Content-Length that is no number";
    }

    /// The path and query of a request line, however it names the server.
    static String origin(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        var absolute = ABSOLUTE.matcher(uri);
        if (!absolute.matches()) {
            return uri;
        }
        var rest = absolute.group(1) == null ? "" : absolute.group(1);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.race.RpcResponse;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What the server refuses by itself, without a word: a head that cannot be read, a request that does not come whole.
/// It is said in the words of the public interfaces, and any page may read it.
final class BareRefusal {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FIRST_ERROR = 400;
    private static final int FIRST_OF_THE_SERVER = 500;

    private BareRefusal() {}

    static boolean is(FullHttpResponse response) {
        return response.status().code() >= FIRST_ERROR
                && !response.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
    }

    /// @param head of the request, as far as it could be read
    static FullHttpResponse inWords(FullHttpResponse bare, HttpRequest head, ByteBufAllocator allocator) {
        var status = bare.status().code();
        var isRpc = HttpMethod.POST.equals(head.method()) && RpcPath.matches(head.uri());
        var body = isRpc ? rpc(status, allocator) : problem(status, head.uri());
        var headers = bare.headers().copy();
        headers.set(HttpHeaderNames.CONTENT_TYPE, isRpc ? RpcHeaders.JSON : "application/problem+json");
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        Cors.allowAny(headers);
        bare.release();
        return new DefaultFullHttpResponse(
                bare.protocolVersion(), bare.status(), body, headers, bare.trailingHeaders());
    }

    private static ByteBuf rpc(int status, ByteBufAllocator allocator) {
        var refusal = Refusal.of(code(status)).with("detail", detail(status));
        return ResponseBytes.of(RpcResponse.Single.refused(refusal), allocator);
    }

    private static ByteBuf problem(int status, String uri) {
        var query = uri.indexOf('?');
        var path = query < 0 ? uri : uri.substring(0, query);
        var code = code(status);
        return Unpooled.wrappedBuffer(JSON.writeValueAsBytes(
                Problem.of(ProblemCode.valueOf(code.name()), status, detail(status), path, List.of())));
    }

    private static RefusalCode code(int status) {
        return switch (status) {
            case 413, 414, 431 -> RefusalCode.REQUEST_TOO_LARGE;
            default -> status < FIRST_OF_THE_SERVER ? RefusalCode.INVALID_REQUEST : RefusalCode.UNAVAILABLE;
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 408 -> "The request did not come whole in time.";
            case 414, 431 -> "The request line and the headers may have 16 KiB each.";
            case 413 -> "The body is larger than is taken here.";
            case 417 -> "Nothing but 100-continue can be expected here.";
            case 426 -> "Nothing but WebSockets is served at this port.";
            default ->
                status < FIRST_OF_THE_SERVER
                        ? "The request is no HTTP that every server on its way reads alike."
                        : "This cannot be done for the moment. Try again.";
        };
    }
}

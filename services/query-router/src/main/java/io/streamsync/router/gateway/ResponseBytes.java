package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.race.RpcResponse;
import java.util.List;

/// The body of a response as one buffer.
final class ResponseBytes {

    /// Above this the winner's bytes are sent from where they are instead of being copied.
    private static final int COPIED = 64 * 1024;

    private ResponseBytes() {}

    static ByteBuf of(RpcResponse response, ByteBufAllocator allocator) {
        return switch (response) {
            case RpcResponse.Single single -> single(single.response(), allocator);
            case RpcResponse.Batch batch -> batch(batch.responses(), allocator);
            case RpcResponse.Nothing _ -> Unpooled.EMPTY_BUFFER;
        };
    }

    private static ByteBuf single(JsonRpcResponse response, ByteBufAllocator allocator) {
        if (response.to() - response.from() > COPIED) {
            return Unpooled.wrappedBuffer(
                    Unpooled.wrappedBuffer(response.head()),
                    Unpooled.wrappedBuffer(response.body(), response.from(), response.to() - response.from()),
                    Unpooled.wrappedBuffer(response.tail()));
        }
        return write(response, allocator.buffer(response.length()));
    }

    private static ByteBuf batch(List<JsonRpcResponse> responses, ByteBufAllocator allocator) {
        var length = responses.stream().mapToInt(JsonRpcResponse::length).sum() + responses.size() + 1;
        var buffer = allocator.buffer(length);
        var separator = '[';
        for (var response : responses) {
            write(response, buffer.writeByte(separator));
            separator = ',';
        }
        return buffer.writeByte(']');
    }

    private static ByteBuf write(JsonRpcResponse response, ByteBuf buffer) {
        return buffer.writeBytes(response.head())
                .writeBytes(response.body(), response.from(), response.to() - response.from())
                .writeBytes(response.tail());
    }
}

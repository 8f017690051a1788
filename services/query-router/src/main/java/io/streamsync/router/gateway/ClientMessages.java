package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/// Puts a client's messages together from their frames; text and binary are alike, as they are to Solana's nodes.
final class ClientMessages {

    private final int largest;
    private final Consumer<byte[]> message;
    private final Runnable tooLarge;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);

    ClientMessages(int largest, Consumer<byte[]> message, Runnable tooLarge) {
        this.largest = largest;
        this.message = message;
        this.tooLarge = tooLarge;
    }

    /// The frame is released by whoever sends it here.
    void add(WebSocketFrame frame) {
        if (!(frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame
                || frame instanceof ContinuationWebSocketFrame)) {
            return;
        }
        var part = frame.content();
        if (part.readableBytes() > largest - begun.size()) {
            begun.reset();
            tooLarge.run();
        } else if (begun.size() == 0 && frame.isFinalFragment()) {
            message.accept(ByteBufUtil.getBytes(part));
        } else {
            append(part, frame.isFinalFragment());
        }
    }

    /// Grows by doubling: a message of tiny parts must not be copied for each of them.
    private void append(ByteBuf part, boolean last) {
        begun.writeBytes(ByteBufUtil.getBytes(part));
        if (last) {
            var whole = begun.toByteArray();
            begun.reset();
            message.accept(whole);
        }
    }
}

package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;
import java.util.function.Consumer;

/// Puts a client's messages together from their frames; text and binary are alike, as they are to Solana's nodes.
final class ClientMessages {

    private static final byte[] NOTHING = {};

    private final int largest;
    private final Consumer<byte[]> message;
    private final Runnable tooLarge;
    private byte[] begun = NOTHING;

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
        if (part.readableBytes() > largest - begun.length) {
            begun = NOTHING;
            tooLarge.run();
            return;
        }
        append(part);
        if (frame.isFinalFragment()) {
            var whole = begun;
            begun = NOTHING;
            message.accept(whole);
        }
    }

    private void append(ByteBuf part) {
        var from = begun.length;
        begun = Arrays.copyOf(begun, from + part.readableBytes());
        part.getBytes(part.readerIndex(), begun, from, part.readableBytes());
    }
}

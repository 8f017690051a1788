package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Messages from their frames, however the client cuts them.
class ClientMessagesTests {

    private static final int PARTS = 1_000_000;

    private final List<byte[]> whole = new ArrayList<>();
    private final ClientMessages messages =
            new ClientMessages(PARTS, whole::add, () -> whole.add("too large".getBytes(US_ASCII)));

    @Test
    @Timeout(20) // seconds; copied anew for each part, this would be 500 GB
    void copiesNoMessageForEachOfItsParts() {
        messages.add(new TextWebSocketFrame(false, 0, "x"));
        for (var i = 2; i < PARTS; i++) {
            messages.add(part(false));
        }
        messages.add(part(true));

        assertThat(whole)
                .singleElement()
                .satisfies(message -> assertThat(message).hasSize(PARTS).containsOnly('x'));
    }

    @Test
    void beginsAnewAfterAMessage() {
        messages.add(new TextWebSocketFrame(false, 0, "a"));
        messages.add(new ContinuationWebSocketFrame(true, 0, "b"));
        messages.add(new TextWebSocketFrame("c"));

        assertThat(whole).extracting(message -> new String(message, US_ASCII)).containsExactly("ab", "c");
    }

    @Test
    void takesNothingBeyondTheLargest() {
        messages.add(new TextWebSocketFrame(false, 0, "x".repeat(PARTS)));
        messages.add(part(true));

        assertThat(whole).extracting(message -> new String(message, US_ASCII)).containsExactly("too large");
    }

    private static ContinuationWebSocketFrame part(boolean last) {
        return new ContinuationWebSocketFrame(last, 0, Unpooled.wrappedBuffer(new byte[] {'x'}));
    }
}

package io.streamsync.router.gateway;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A client with the JDK's WebSocket, which remembers what it heard and can stop reading.
public final class TestingWebSocket implements WebSocket.Listener {

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final AtomicInteger pongs = new AtomicInteger();
    private volatile @Nullable WebSocket socket;
    private volatile boolean reads = true;
    private volatile int closeCode = -1;

    WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    public void says(String text) {
        socket().sendText(text, true).join();
    }

    void readsNoMore() {
        reads = false;
    }

    public List<String> texts() {
        return texts;
    }

    int pongs() {
        return pongs.get();
    }

    /// Negative while it is open.
    public int closeCode() {
        return closeCode;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            texts.add(part.toString());
            part.setLength(0);
        }
        return next(from);
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        pongs.incrementAndGet();
        return next(from);
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        return next(from);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode = code;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeCode = 0;
    }

    private @Nullable CompletionStage<?> next(WebSocket from) {
        if (reads) {
            from.request(1);
        }
        return null;
    }
}

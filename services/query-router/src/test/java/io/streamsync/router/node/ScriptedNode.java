package io.streamsync.router.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A node as a real HTTP server on a socket, which says exactly what its script says, to the byte.
public final class ScriptedNode implements AutoCloseable {

    private static final String PROBE = "\"method\":\"getSlot\",\"params\":[{\"commitment\":\"processed\"}]}";

    private final ServerSocket server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Asked> probed = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Said> script;
    private volatile @Nullable Speech speech;
    private volatile Said toProbes = Said.result("90");

    private ScriptedNode(ServerSocket server, Function<Asked, Said> script) {
        this.server = server;
        this.script = script;
    }

    public static ScriptedNode saying(Function<Asked, Said> script) {
        try {
            return on(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ScriptedNode on(ServerSocket server, Function<Asked, Said> script) {
        var node = new ScriptedNode(server, script);
        Thread.ofVirtual().start(node::accept);
        return node;
    }

    public static ScriptedNode saying(Said said) {
        return saying(_ -> said);
    }

    public void says(Function<Asked, Said> next) {
        speech = null;
        script = next;
    }

    /// Instead of a script: writes what it says by itself. The connection ends when it throws.
    public void speaks(Speech next) {
        speech = next;
    }

    /// Too long for a script.
    public interface Speech {
        void answer(Asked asked, OutputStream out) throws IOException;
    }

    /// What it says to a router's probes, which are none of the questions of a test.
    public void saysToProbes(Said said) {
        toProbes = said;
    }

    /// The probes, in order.
    public List<Asked> probed() {
        return probed;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Everything that was asked, in order.
    public List<Asked> asked() {
        return asked;
    }

    public int connections() {
        return connections.get();
    }

    /// Ends all connections, as a restart behind a keep-alive pool does.
    void dropConnections() {
        for (var socket : sockets) {
            close(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dropConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = socket.getInputStream();
            for (var next = read(in); next != null; next = read(in)) {
                var speaking = speech;
                if (speaking != null && !next.body().endsWith(PROBE)) {
                    asked.add(next);
                    speaking.answer(next, socket.getOutputStream());
                    continue;
                }
                var said = answer(next).to(next);
                Thread.sleep(said.latency());
                socket.getOutputStream().write(said.bytes());
                socket.getOutputStream().flush();
                if (said.rest() != null) {
                    Thread.sleep(said.rest().latency());
                    socket.getOutputStream().write(said.rest().bytes());
                    socket.getOutputStream().flush();
                }
                if (said.closes()) {
                    return;
                }
            }
        } catch (IOException | InterruptedException ended) {
            close(socket);
        }
    }

    private Said answer(Asked question) {
        if (question.body().endsWith(PROBE)) {
            probed.add(question);
            return toProbes;
        }
        asked.add(question);
        return script.apply(question);
    }

    private static @Nullable Asked read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            var b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        var length = 0;
        for (var line : head.toString(ISO_8859_1).split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).trim());
            }
        }
        return new Asked(head.toString(ISO_8859_1), new String(in.readNBytes(length), UTF_8));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One request.
    public record Asked(String head, String body) {}

    /// What the script says to one. An id of [#ITS_ID] becomes that of the question.
    ///
    /// @param rest what follows later; null when that was all
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    public record Said(
            byte[] bytes,
            Duration latency,
            boolean closes,
            @Nullable Said rest) {

        /// As wide as any id here, so that lengths stay what they are.
        private static final String ITS_ID = "#########id";

        private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

        /// An answer with this result.
        public static Said result(String json) {
            return body("{\"jsonrpc\":\"2.0\",\"result\":" + json + ",\"id\":" + ITS_ID + "}");
        }

        public static Said error(String json) {
            return body("{\"jsonrpc\":\"2.0\",\"error\":" + json + ",\"id\":" + ITS_ID + "}");
        }

        public static Said error(int code, String message) {
            return body("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"},\"id\":"
                    + ITS_ID + "}");
        }

        public static Said body(String body) {
            return raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
        }

        public static Said status(int status) {
            return raw("HTTP/1.1 " + status + " Status\r\nContent-Length: 0\r\n\r\n");
        }

        /// Exactly these bytes.
        public static Said raw(String bytes) {
            return new Said(bytes.getBytes(UTF_8), Duration.ZERO, false, null);
        }

        /// The same for what is no text.
        public static Said bytes(byte[] bytes) {
            return new Said(bytes, Duration.ZERO, false, null);
        }

        /// Nothing at all, for longer than any test waits.
        public static Said nothing() {
            return new Said(new byte[0], Duration.ZERO, false, null);
        }

        public Said after(Duration time) {
            return new Said(bytes, time, closes, rest);
        }

        public Said thenCloses() {
            return new Said(bytes, latency, true, rest);
        }

        public Said then(Said more) {
            return new Said(bytes, latency, closes, more);
        }

        Said to(Asked asked) {
            var id = ID.matcher(asked.body());
            var text = new String(bytes, UTF_8);
            return text.contains(ITS_ID) && id.find()
                    ? new Said(
                            text.replace(
                                            ITS_ID,
                                            " "
                                                            .repeat(ITS_ID.length()
                                                                    - id.group(1)
                                                                            .length())
                                                    + id.group(1))
                                    .getBytes(UTF_8),
                            latency,
                            closes,
                            rest)
                    : this;
        }
    }
}

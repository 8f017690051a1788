package io.streamsync.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client that sends whatever bytes it is given and reads responses by the letter of HTTP/1.1.
final class RawClient implements AutoCloseable {

    /// Longer than any deadline of the router under test.
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// Nothing more is sent; what was is still answered.
    void ends() throws IOException {
        socket.shutdownOutput();
    }

    /// Whether there is something to read.
    boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /// The next response; null when the connection ends before one begins.
    @Nullable
    Response next() throws IOException {
        var first = line();
        if (first == null) {
            return null;
        }
        var headers = new HashMap<String, String>();
        for (var line = line(); line != null && !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var status = Integer.parseInt(first.substring(9, 12));
        return new Response(status, headers, status < 200 || status == 204 ? "" : body(headers));
    }

    /// The next response that is not an interim one.
    Response answer() throws IOException {
        while (true) {
            var response = next();
            if (response == null) {
                throw new EOFException("instead of a response");
            }
            if (response.status() >= 200) {
                return response;
            }
        }
    }

    int byteOrEnd() throws IOException {
        return in.read();
    }

    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String body(Map<String, String> headers) throws IOException {
        var length = headers.get("content-length");
        if (length != null) {
            return new String(exactly(Integer.parseInt(length)), UTF_8);
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return new String(chunks(), UTF_8);
        }
        return new String(in.readAllBytes(), UTF_8);
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var line = line();
            if (line == null) {
                throw new EOFException("in a chunked body");
            }
            var length = Integer.parseInt(line, 16);
            body.writeBytes(exactly(length));
            line();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a body of " + bytes.length + " bytes instead of " + length);
        }
        return bytes;
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new EOFException("in the head");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    record Response(int status, Map<String, String> headers, String body) {

        @Nullable
        String header(String name) {
            return headers.get(name);
        }
    }
}

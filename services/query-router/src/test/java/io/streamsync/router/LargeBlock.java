package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamsync.router.node.ScriptedNode.Asked;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/// A result of any length, which a node says without holding it: the same bytes every time.
final class LargeBlock {

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final String HEAD = "{\"blockhash\":\"Hash\\\"}]\\\\\", \"transactions\": [\"é\"";

    private static final byte[] SOME = some();

    private final int times;

    /// @param bytes about so many
    LargeBlock(int bytes) {
        times = bytes / SOME.length;
    }

    void write(OutputStream out) throws IOException {
        write(out, HEAD);
        for (var i = 0; i < times; i++) {
            out.write(SOME);
        }
        write(out, "]}");
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        try {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// A whole response without a length, up to the connection's end.
    void answer(Asked asked, OutputStream socket) throws IOException {
        var out = new BufferedOutputStream(socket, 64 * 1024);
        write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"jsonrpc\":\"2.0\",\"result\":");
        write(out);
        write(out, ",\"id\":" + id(asked) + "}");
        out.flush();
        throw new IOException("everything is said");
    }

    static String id(Asked asked) {
        var id = ID.matcher(asked.body());
        if (!id.find()) {
            throw new IllegalStateException("a question without an id");
        }
        return id.group(1);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    private static byte[] some() {
        var transactions = new StringBuilder();
        for (var i = 10_000; i < 10_500; i++) {
            transactions
                    .append(", {\"signature\":\"")
                    .append(i)
                    .append("\",\"meta\":{\"err\":null,\"logs\":[\"a \\\"b\\\" {[\"]}}");
        }
        return transactions.toString().getBytes(UTF_8);
    }
}

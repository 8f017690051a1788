package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// A node's bytes as they come and the answer's bytes as they are: the same, or packed. Pulled, so that few packed
/// bytes never become many that nobody has asked for. For one thread at a time.
public sealed interface Unpacking permits Plain, Gunzip {

    /// For the value of Content-Encoding; null where it is one that the router does not know.
    static @Nullable Unpacking of(@Nullable String encoding) {
        if (encoding == null) {
            return new Plain();
        }
        return switch (encoding.trim().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> new Plain();
            case "gzip", "x-gzip" -> new Gunzip();
            default -> null;
        };
    }

    /// Only when what came before is used up. Takes the buffer over.
    void add(ByteBuf piece);

    /// @return how many bytes there were; 0 when more must come first
    int read(byte[] into, int from, int length) throws DataFormatException;

    /// Whether more must come first.
    boolean isUsedUp();

    /// Whether this could be the end.
    boolean isWhole();

    /// Any number of times.
    void close();
}

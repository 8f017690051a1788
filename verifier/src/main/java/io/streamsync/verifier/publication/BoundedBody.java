package io.streamsync.verifier.publication;

import java.io.IOException;
import java.io.InputStream;

/// Reads no more than was agreed, whoever sends it.
final class BoundedBody {

    private BoundedBody() {}

    static byte[] read(InputStream in, int most) throws IOException {
        var bytes = in.readNBytes(most);
        if (in.read() >= 0) {
            throw new IOException("an answer of more than " + most + " bytes");
        }
        return bytes;
    }
}

package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.parameters.Parameters;

/// Who is asked: three race, two check (protocol). The same field, random numbers and skips give the same places.
public final class Draw {

    private Draw() {}

    public static Drawn of(
            Field field,
            SolanaMethod method,
            Terms terms,
            Parameters parameters,
            RandomNumbers random,
            Usability usability) {
        throw new UnsupportedOperationException("skeleton");
    }
}

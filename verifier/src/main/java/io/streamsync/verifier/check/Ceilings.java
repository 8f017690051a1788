package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.parameters.Parameters;
import java.util.OptionalLong;

/// The most that a customer pays for one query: by wish, else some times the median ask (protocol, Who is asked, 1).
final class Ceilings {

    private Ceilings() {}

    static long of(Terms terms, OptionalLong medianAsk, Parameters parameters) {
        return terms.maxPriceNano().orElseGet(() -> usual(medianAsk.orElse(0), parameters.defaultCeilingFactor()));
    }

    private static long usual(long medianAsk, int factor) {
        return medianAsk > Long.MAX_VALUE / factor ? Long.MAX_VALUE : medianAsk * factor;
    }
}

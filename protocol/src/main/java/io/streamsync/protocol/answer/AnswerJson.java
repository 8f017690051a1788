package io.streamsync.protocol.answer;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Strict JSON in UTF-8 with limits, as it comes from nodes that nobody vouches for.
final class AnswerJson {

    // no answer of Solana nests deeper than some 20 levels; a parser must not be sent deeper by a stranger
    private static final int MAX_DEPTH = 256;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            // answers are read on event loops, which are few and stay
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private AnswerJson() {}

    static JsonParser parser(byte[] body, int from, int to) {
        return JSON.createParser(ObjectReadContext.empty(), body, from, to - from);
    }

    static void require(boolean condition) {
        if (!condition) {
            throw new Refused();
        }
    }

    /// What was read is no answer; whoever reads catches it, so it carries no trace.
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        Refused() {
            super("not an answer", null, false, false);
        }
    }
}

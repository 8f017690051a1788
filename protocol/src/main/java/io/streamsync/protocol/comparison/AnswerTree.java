package io.streamsync.protocol.comparison;

import io.streamsync.protocol.answer.NodeAnswer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A result as a tree with exact numbers: `rentEpoch` is 2^64 - 1 in almost every account.
final class AnswerTree {

    // As a tree, a stranger's `[{},{},…` takes thirty times the room of its text, and two trees are held at once.
    // Beyond this only equal bytes agree.
    static final int MOST_TOKENS = 500_000;

    // answers were read once already, with limits on their nesting
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private AnswerTree() {}

    static JsonNode of(NodeAnswer answer) {
        try {
            return JSON.readTree(answer.body(), answer.from(), answer.to() - answer.from());
        } catch (JacksonException | NumberFormatException beyondLimits) {
            // a string, a number or a tree larger than anybody needs
            return MissingNode.getInstance();
        }
    }
}

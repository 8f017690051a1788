package io.streamsync.protocol.comparison;

import io.streamsync.protocol.answer.NodeAnswer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A result as a tree with exact numbers: `rentEpoch` is 2^64 - 1 in almost every account.
final class AnswerTree {

    // answers were read once already, with limits on their nesting
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private AnswerTree() {}

    static JsonNode of(NodeAnswer answer) {
        try {
            return JSON.readTree(answer.body(), answer.from(), answer.to() - answer.from());
        } catch (JacksonException | NumberFormatException beyondLimits) {
            // a string or a number larger than anybody needs
            return MissingNode.getInstance();
        }
    }
}

package io.streamsync.protocol.golden;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One file of cases: how its inputs were chosen, and how an input becomes what is expected.
interface GoldenFile {

    String name();

    List<Map<String, Object>> inputs();

    /// Reads nothing but the input (and the files that it names): what is in the file is enough for anyone.
    Map<String, Object> expected(JsonNode input);
}

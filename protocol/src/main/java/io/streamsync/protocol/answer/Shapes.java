package io.streamsync.protocol.answer;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// What the results of each method look like, read from `shapes.csv` beside this class.
final class Shapes {

    private static final int COLUMNS = 2;
    private static final Map<String, Shape> SHAPES = read();

    private Shapes() {}

    static Shape of(String method) {
        return SHAPES.getOrDefault(method, Shape.ANY);
    }

    /// Of all methods.
    static Map<String, Shape> all() {
        return SHAPES;
    }

    private static Map<String, Shape> read() {
        var shapes = new HashMap<String, Shape>();
        for (var row : Table.rows("shapes.csv", COLUMNS)) {
            if (shapes.put(row[0], Shape.of(row[1])) != null) {
                throw new IllegalStateException("shapes.csv names " + row[0] + " twice");
            }
        }
        return Collections.unmodifiableMap(shapes);
    }
}

package io.streamsync.verifier.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Keeps the values that were used last.
final class LatestUsed<K, V> {

    private final Map<K, V> values;

    LatestUsed(int most) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    V get(K key, Function<K, V> made) {
        var known = values.get(key);
        if (known == null) {
            known = made.apply(key);
            values.put(key, known);
        }
        return known;
    }
}

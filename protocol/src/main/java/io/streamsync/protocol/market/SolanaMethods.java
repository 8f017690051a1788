package io.streamsync.protocol.market;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The complete method table, read from `methods.csv` beside this class. A method that is not there is in no class:
/// it is answered with -32601 before any node is asked.
public final class SolanaMethods {

    private static final int COLUMNS = 6;
    private static final Map<String, SolanaMethod> METHODS = read();

    private SolanaMethods() {}

    public static Optional<SolanaMethod> find(String name) {
        return Optional.ofNullable(METHODS.get(name));
    }

    /// In the order of the table.
    public static Collection<SolanaMethod> all() {
        return METHODS.values();
    }

    private static Map<String, SolanaMethod> read() {
        var methods = new LinkedHashMap<String, SolanaMethod>();
        table().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .skip(1)
                .forEach(line -> {
                    var method = row(line);
                    if (methods.put(method.name(), method) != null) {
                        throw new IllegalStateException("methods.csv names " + method.name() + " twice");
                    }
                });
        return Collections.unmodifiableMap(methods);
    }

    private static SolanaMethod row(String line) {
        var cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException("methods.csv: not " + COLUMNS + " columns: " + line);
        }
        return new SolanaMethod(
                cells[0],
                QueryClass.ofWireName(cells[1]).orElseThrow(),
                ComparisonRule.valueOf(cells[2].toUpperCase(Locale.ROOT)),
                isMarked(cells[3], "heavy"),
                isMarked(cells[4], "final"),
                SolanaMethod.Delivery.valueOf(cells[5].toUpperCase(Locale.ROOT)));
    }

    private static boolean isMarked(String cell, String mark) {
        if (!cell.isEmpty() && !cell.equals(mark)) {
            throw new IllegalStateException("methods.csv: \"" + cell + "\" is neither empty nor " + mark);
        }
        return !cell.isEmpty();
    }

    private static String table() {
        try (var in = SolanaMethods.class.getResourceAsStream("methods.csv")) {
            if (in == null) {
                throw new IllegalStateException("methods.csv is not beside " + SolanaMethods.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

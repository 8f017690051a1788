package io.streamsync.protocol.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The rows of a table beside these classes, without its comments and its first line, which names the columns.
final class Table {

    private Table() {}

    static List<String[]> rows(String name, int columns) {
        return text(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .skip(1)
                .map(line -> cells(name, line, columns))
                .toList();
    }

    private static String[] cells(String name, String line, int columns) {
        var cells = line.split(",", -1);
        if (cells.length != columns) {
            throw new IllegalStateException(name + ": not " + columns + " columns: " + line);
        }
        return cells;
    }

    private static String text(String name) {
        try (var in = Table.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not beside " + Table.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

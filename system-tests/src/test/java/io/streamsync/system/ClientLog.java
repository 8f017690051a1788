package io.streamsync.system;

import io.streamsync.system.Api.Reply;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client was told that its queries cost, by the headers of its answers alone.
record ClientLog(List<Entry> entries) {

    ClientLog() {
        this(new CopyOnWriteArrayList<>());
    }

    /// The file that the scripts in `clients/` write.
    static ClientLog read(Path file) {
        return new ClientLog(Market.read(file)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .map(line ->
                        Entry.of(line.path("status").asInt(), name -> text(line.path(name.toLowerCase(Locale.ROOT)))))
                .toList());
    }

    Reply add(Reply answer) {
        entries.add(Entry.of(answer.status(), answer::header));
        return answer;
    }

    void add(int status, UnaryOperator<String> header) {
        entries.add(Entry.of(status, header));
    }

    BigDecimal prices() {
        return entries.stream().map(Entry::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asString();
    }

    /// One answer over HTTP.
    ///
    /// @param race empty for a batch and for what asked nobody
    /// @param batch empty for a single query
    record Entry(int status, BigDecimal price, String race, String batch) {

        static Entry of(int status, UnaryOperator<String> header) {
            var price = header.apply("Price");
            return new Entry(
                    status,
                    price.isEmpty() ? BigDecimal.ZERO : new BigDecimal(price),
                    header.apply("Race"),
                    header.apply("Batch"));
        }
    }
}

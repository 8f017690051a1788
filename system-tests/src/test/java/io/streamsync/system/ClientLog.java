package io.streamsync.system;

import io.streamsync.system.Api.Reply;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
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
        var log = new ClientLog();
        Market.read(file)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .map(line -> Entry.of(
                        text(line.path("method")),
                        "",
                        line.path("status").asInt(),
                        name -> text(line.path(name.toLowerCase(Locale.ROOT)))))
                .forEach(log.entries()::add);
        return log;
    }

    Reply add(Reply answer) {
        add(answer.status(), answer::header);
        return answer;
    }

    void add(int status, UnaryOperator<String> header) {
        entries.add(Entry.of("", "", status, header));
    }

    /// With what was asked for, so that the race's leaf can be told from all others.
    Reply add(String method, String params, Reply answer) {
        entries.add(Entry.of(method, params, answer.status(), answer::header));
        return answer;
    }

    List<Entry> of(String method) {
        return entries.stream().filter(entry -> method.equals(entry.method())).toList();
    }

    /// Those that tell of a race, in the order in which they came.
    List<Entry> races() {
        return entries.stream().filter(entry -> !entry.race().isEmpty()).toList();
    }

    BigDecimal prices() {
        return entries.stream().map(Entry::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : "";
    }

    /// One answer over HTTP.
    ///
    /// @param method empty where it is not written down
    /// @param params as they were sent; empty where they are not written down
    /// @param race empty for a batch and for what asked nobody
    /// @param batch empty for a single query
    /// @param sla `met`, `missed`, `none`, or empty where there was no answer
    /// @param operator empty where there was no answer
    /// @param told when this log had it
    record Entry(
            String method,
            String params,
            int status,
            BigDecimal price,
            String race,
            String batch,
            String sla,
            String operator,
            Instant told) {

        static Entry of(String method, String params, int status, UnaryOperator<String> header) {
            var price = header.apply("Price");
            return new Entry(
                    method,
                    params,
                    status,
                    price.isEmpty() ? BigDecimal.ZERO : new BigDecimal(price),
                    header.apply("Race"),
                    header.apply("Batch"),
                    header.apply("Sla"),
                    header.apply("Operator"),
                    Instant.now());
        }

        /// As a line of the file that `./streamsync verify --receipts` reads, of a query on no terms of its own.
        String receipt() {
            var receipt = JsonMapper.shared().createObjectNode();
            receipt.put("raceId", race);
            receipt.put("price", price.toPlainString());
            if (!operator.isEmpty()) {
                receipt.put("operatorId", operator);
            }
            if (!sla.isEmpty()) {
                receipt.put("sla", sla);
            }
            if (!params.isEmpty()) {
                receipt.put("method", method);
                receipt.put("params", params);
                receipt.putObject("wishes");
            }
            return receipt.toString();
        }
    }
}

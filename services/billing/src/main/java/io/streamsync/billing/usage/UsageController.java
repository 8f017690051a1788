package io.streamsync.billing.usage;

import io.streamsync.billing.account.AnyKey;
import io.streamsync.billing.account.Caller;
import io.streamsync.billing.paging.CsvFile;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.paging.Period;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A customer's usage, summed by hour, day, method or operator.
@RestController
class UsageController {

    private static final String PATH = "/v1/account/usage";

    /// More than there are hours in the longest period, or methods, or operators.
    private static final int LINES = 10_000;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    UsageController(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Hours count whole: a period covers every hour that it touches.
    @GetMapping(PATH)
    Page<UsageView> usage(
            @AnyKey Caller caller,
            @RequestParam(defaultValue = "hour") String groupBy,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        return page(caller, groupBy, Page.size(limit), cursor, Period.of(from, to, clock.instant()));
    }

    /// The same as a file, in one: a year of hours fits.
    @GetMapping(path = PATH, produces = "text/csv")
    ResponseEntity<String> csv(
            @AnyKey Caller caller,
            @RequestParam(defaultValue = "hour") String groupBy,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var csv = new CsvFile("key", "queries", "charged", "refunded", "paid");
        page(caller, groupBy, LINES, null, Period.of(from, to, clock.instant()))
                .items()
                .forEach(usage -> usage.line(csv));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, CsvFile.CONTENT_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"usage.csv\"")
                .body(csv.toString());
    }

    private Page<UsageView> page(Caller caller, String groupBy, int size, @Nullable String cursor, Period period) {
        var found = jdbc.sql(Grouping.of(groupBy).sql)
                .param("account", caller.customer().value())
                .param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .param("after", Page.text(cursor))
                .param("limit", size + 1)
                .query((row, number) -> new UsageView(
                        row.getString("key"),
                        row.getLong("queries"),
                        Amount.decimal(row.getBigDecimal("charged")),
                        Amount.decimal(row.getBigDecimal("refunded")),
                        Amount.decimal(row.getBigDecimal("charged").subtract(row.getBigDecimal("refunded")))))
                .list();
        return Page.of(found, size, UsageView::key, usage -> usage);
    }

    /// @param charged gross: the asks of all answered races
    record UsageView(String key, long queries, String charged, String refunded, String paid) {

        void line(CsvFile csv) {
            csv.line(key, Long.toString(queries), charged, refunded, paid);
        }
    }

    private enum Grouping {
        HOUR("usage_method", EarningsGrouping.Keys.HOUR),
        DAY("usage_method", EarningsGrouping.Keys.DAY),
        METHOD("usage_method", "method"),
        OPERATOR("usage_by_operator", "operator_id");

        private final String sql;

        Grouping(String table, String key) {
            this.sql = """
                    select key, sum(queries)::bigint queries, sum(charged) charged, sum(refunded) refunded
                    from (select %s as key, queries, charged, refunded from %s where account_id = :account
                        and hour >= date_trunc('hour', :from::timestamptz, 'UTC') and hour < :to) u
                    where key > :after and key <> '' group by key order by key limit :limit""".formatted(key, table);
        }

        static Grouping of(String name) {
            return Arrays.stream(values())
                    .filter(grouping -> grouping.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(ProblemCode.INVALID_REQUEST, "Usage can be grouped in four ways.")
                            .field("groupBy", "hour, day, method or operator"));
        }
    }
}

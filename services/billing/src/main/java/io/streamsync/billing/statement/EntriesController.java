package io.streamsync.billing.statement;

import io.streamsync.billing.account.Caller;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.paging.Period;
import io.streamsync.protocol.money.Amount;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The booked changes of a customer's balance, newest first. Leases are not among them: they change nothing it owns.
@RestController
class EntriesController {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    EntriesController(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping("/v1/account/entries")
    Page<EntryView> entries(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var size = Page.size(limit);
        var period = Period.of(from, to, clock.instant());
        var found = jdbc.sql("""
                select id, occurred_at, kind, amount, balance_after, reference from statement_entry
                where account_id = :account and id < :before and occurred_at >= :from and occurred_at < :to
                order by id desc limit :limit""")
                .param("account", caller.customer().value())
                .param("before", Page.position(cursor, Long.MAX_VALUE))
                .param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .param("limit", size + 1)
                .query((row, number) -> new EntryView(
                        Long.toString(row.getLong("id")),
                        row.getTimestamp("occurred_at").toInstant(),
                        row.getString("kind"),
                        Amount.decimal(row.getLong("amount")),
                        Amount.decimal(row.getLong("balance_after")),
                        row.getString("reference")))
                .list();
        return Page.of(found, size, EntryView::entryId, entry -> entry);
    }

    record EntryView(
            String entryId, Instant occurredAt, String kind, String amount, String balanceAfter, String reference) {}
}

package io.streamsync.billing.statement;

import io.streamsync.billing.account.Caller;
import io.streamsync.billing.paging.CsvFile;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.paging.Period;
import io.streamsync.billing.statement.BookedEntries.Booked;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/// The booked changes of a customer's balance, newest first. Leases are not among them: they change nothing it owns.
/// For times before the end of the last sealed window the answers are the same for ever.
@RestController
class EntriesController {

    private static final String PATH = "/v1/account/entries";

    /// A year of hours fits into one file.
    private static final int LINES = 10_000;

    private final BookedEntries entries;
    private final InstantSource clock;

    EntriesController(BookedEntries entries, InstantSource clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @GetMapping(PATH)
    Page<EntryView> entries(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var size = Page.size(limit);
        return page(caller, cursor, Period.of(from, to, clock.instant()), size);
    }

    /// The same as a file. What does not fit into one goes on at the address in `Link`.
    @GetMapping(path = PATH, produces = "text/csv")
    ResponseEntity<String> csv(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var size = lines(limit);
        var period = Period.of(from, to, clock.instant());
        var page = page(caller, cursor, period, size);
        var csv = new CsvFile("entryId", "occurredAt", "kind", "amount", "balanceAfter", "reference");
        page.items().forEach(entry -> entry.line(csv));
        var answer = ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, CsvFile.CONTENT_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"entries.csv\"");
        var next = page.nextCursor();
        if (next != null) {
            answer.header(HttpHeaders.LINK, "<" + address(period, size, next) + ">; rel=\"next\"");
        }
        return answer.body(csv.toString());
    }

    private Page<EntryView> page(Caller caller, @Nullable String cursor, Period period, int size) {
        var found = entries.of(caller.customer(), period, Page.position(cursor, Long.MAX_VALUE), size + 1);
        return Page.of(found, size, entry -> Long.toString(entry.id()), EntryView::of);
    }

    private static int lines(@Nullable Integer limit) {
        if (limit == null) {
            return LINES;
        }
        if (limit < 1 || limit > LINES) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "A file holds 1 to " + LINES + " entries.")
                    .field("limit", "1 to " + LINES);
        }
        return limit;
    }

    private static String address(Period period, int size, String cursor) {
        return UriComponentsBuilder.fromPath(PATH)
                .queryParam("from", period.from())
                .queryParam("to", period.to())
                .queryParam("limit", size)
                .queryParam("cursor", cursor)
                .toUriString();
    }

    record EntryView(
            String entryId, Instant occurredAt, String kind, String amount, String balanceAfter, String reference) {

        static EntryView of(Booked entry) {
            return new EntryView(
                    Long.toString(entry.id()),
                    entry.occurredAt(),
                    entry.kind(),
                    Amount.decimal(entry.amount()),
                    Amount.decimal(entry.balanceAfter()),
                    entry.reference());
        }

        void line(CsvFile csv) {
            csv.line(entryId, occurredAt.toString(), kind, amount, balanceAfter, reference);
        }
    }
}

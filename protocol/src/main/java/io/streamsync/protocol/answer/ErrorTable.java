package io.streamsync.protocol.answer;

import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.answer.Reply.NeedsSecond;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The error table of comparability, read from `errors.csv` beside this class: what an error of a node means for the
/// race.
final class ErrorTable {

    /// What two absences share.
    static final String EMPTY = "empty";

    static final String PREFLIGHT = "error:-32002";
    static final String BAD_SIGNATURE = "error:-32003";
    static final Failure RATE_LIMITED = new Failure("RATE_LIMITED", false, true);

    private static final int COLUMNS = 5;
    private static final Map<String, Row> ROWS = read();

    private ErrorTable() {}

    /// What becomes of the race.
    enum Treatment {
        END,
        LAP,
        FAILURE,
        PREFLIGHT
    }

    /// When a failure counts against the node.
    enum Counts {
        ALWAYS,
        NEVER,
        /// A node that was not asked as an archive need not be one.
        ARCHIVE
    }

    /// @param word what two replies share that say the same, or the reason of the failure
    /// @param text whether a rate limit is known by the message
    record Row(Treatment treatment, String word, @Nullable Counts counts, boolean text) {

        Reply reply(boolean asArchive) {
            return switch (treatment) {
                case END, PREFLIGHT -> new NeedsSecond(false, word);
                case LAP -> new NeedsSecond(true, word);
                case FAILURE -> failure(asArchive);
            };
        }

        private Failure failure(boolean asArchive) {
            return word.equals(RATE_LIMITED.reason())
                    ? RATE_LIMITED
                    : new Failure(word, counts == Counts.ALWAYS || (counts == Counts.ARCHIVE && asArchive), false);
        }
    }

    /// A code that no row names is an error that only all who answered can make true: nobody knows whose making it is.
    static Row of(int code) {
        var known = ROWS.get(Integer.toString(code));
        return known != null ? known : new Row(Treatment.LAP, "error:" + code, null, true);
    }

    /// By the status itself, by its first digit, or by being any.
    static Failure ofStatus(int status) {
        var row = ROWS.get("http " + status);
        if (row == null) {
            row = ROWS.getOrDefault("http " + status / 100 + "xx", ROWS.get("http xxx"));
        }
        if (row == null) {
            throw new IllegalStateException("errors.csv has no row for every status");
        }
        return row.failure(false);
    }

    private static Map<String, Row> read() {
        var rows = new HashMap<String, Row>();
        for (var cells : Table.rows("errors.csv", COLUMNS)) {
            var row = new Row(
                    Treatment.valueOf(upper(cells[1])),
                    cells[2],
                    cells[3].isEmpty() ? null : Counts.valueOf(upper(cells[3])),
                    cells[4].equals("text"));
            if (rows.put(cells[0], row) != null) {
                throw new IllegalStateException("errors.csv names " + cells[0] + " twice");
            }
        }
        return Collections.unmodifiableMap(rows);
    }

    private static String upper(String cell) {
        return cell.toUpperCase(Locale.ROOT);
    }
}

package io.streamsync.verifier.publication;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The list of all settlements, page by page, the newest first.
final class SettlementList {

    /// With the usual length of epochs, four months back: whoever changes it verifies earlier than that.
    private static final int MOST_PAGES = 400;

    private final Function<@Nullable String, Optional<ListPage>> pages;

    /// @param pages by cursor, null for the first one
    SettlementList(Function<@Nullable String, Optional<ListPage>> pages) {
        this.pages = pages;
    }

    /// Empty neighbours where the list does not reach so far back.
    Neighbours of(long epoch) {
        @Nullable Long newer = null;
        var found = false;
        @Nullable String cursor = null;
        for (var page = 0; page < MOST_PAGES; page++) {
            var listed = pages.apply(cursor).orElse(ListPage.END);
            for (var each : listed.epochs()) {
                if (found) {
                    return new Neighbours(Optional.of(each), Optional.ofNullable(newer));
                }
                if (each == epoch) {
                    found = true;
                } else {
                    newer = each;
                }
            }
            cursor = listed.next();
            if (cursor == null) {
                break;
            }
        }
        return found ? new Neighbours(Optional.empty(), Optional.ofNullable(newer)) : Neighbours.NONE;
    }

    /// @param next the cursor of the page after; null on the last one
    record ListPage(List<Long> epochs, @Nullable String next) {

        static final ListPage END = new ListPage(List.of(), null);

        ListPage {
            epochs = List.copyOf(epochs);
        }
    }
}

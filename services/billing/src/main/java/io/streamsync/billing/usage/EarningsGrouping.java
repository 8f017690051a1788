package io.streamsync.billing.usage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// By what an operator may have its earnings summed.
public enum EarningsGrouping {
    HOUR(Keys.HOUR),
    DAY(Keys.DAY),
    METHOD("method"),
    CLASS("query_class");

    private final String key;

    EarningsGrouping(String key) {
        this.key = key;
    }

    /// The key as SQL.
    String key() {
        return key;
    }

    public static Optional<EarningsGrouping> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /// Times as keys, in SQL.
    static final class Keys {

        static final String HOUR = "to_char(hour at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
        static final String DAY = "to_char(hour at time zone 'UTC', 'YYYY-MM-DD')";

        private Keys() {}
    }
}

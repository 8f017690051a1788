package io.streamsync.billing.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a key may do: ask, or move money and manage keys as well as read.
public enum Scope {
    QUERY,
    MANAGE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scope> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(name))
                .findFirst();
    }
}

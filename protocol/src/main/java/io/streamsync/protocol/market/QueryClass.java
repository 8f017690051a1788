package io.streamsync.protocol.market;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The class of a method, the unit in which operators sell (protocol, Query classes).
public enum QueryClass {
    LOOKUP,
    SCAN,
    ARCHIVE,
    COMPRESSED,
    SUBMIT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The name in APIs, events and records: lower case.
    public String wireName() {
        return wireName;
    }

    public static Optional<QueryClass> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(queryClass -> queryClass.wireName.equals(name))
                .findFirst();
    }
}

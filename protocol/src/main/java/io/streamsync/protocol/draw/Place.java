package io.streamsync.protocol.draw;

import java.util.Locale;

/// A place in a race. Racing and exploring places race; checking places vote; a shadow is an unpaid third checker.
public enum Place {
    RACING,
    CHECKING,
    EXPLORING,
    SHADOW;

    public boolean races() {
        return this == RACING || this == EXPLORING;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

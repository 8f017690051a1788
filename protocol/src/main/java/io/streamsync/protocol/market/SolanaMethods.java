package io.streamsync.protocol.market;

import java.util.Collection;
import java.util.Optional;

/// The complete method table, read from `methods.csv` beside this class.
public final class SolanaMethods {

    private SolanaMethods() {}

    public static Optional<SolanaMethod> find(String name) {
        throw new UnsupportedOperationException("skeleton");
    }

    public static Collection<SolanaMethod> all() {
        throw new UnsupportedOperationException("skeleton");
    }
}

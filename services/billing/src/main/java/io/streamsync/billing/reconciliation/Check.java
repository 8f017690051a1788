package io.streamsync.billing.reconciliation;

import java.util.List;

/// One thing that was compared.
///
/// @param check its name, the same in every run
/// @param expected what one side says
/// @param actual what the other says
/// @param detail what of it does not fit; empty when everything does
record Check(String check, boolean fits, String expected, String actual, String detail) {

    private static final int SHOWN = 5;

    static Check of(String name, Object expected, Object actual) {
        var fits = expected.toString().equals(actual.toString());
        return new Check(
                name,
                fits,
                expected.toString(),
                actual.toString(),
                fits ? "" : "expected " + expected + ", found " + actual);
    }

    /// Many things of a kind.
    ///
    /// @param compared how many
    /// @param wrong what is wrong with those that do not fit
    static Check ofAll(String name, long compared, List<String> wrong) {
        return new Check(
                name,
                wrong.isEmpty(),
                Long.toString(compared),
                Long.toString(compared - wrong.size()),
                String.join("; ", wrong.subList(0, Math.min(SHOWN, wrong.size())))
                        + (wrong.size() > SHOWN ? "; and " + (wrong.size() - SHOWN) + " more" : ""));
    }
}

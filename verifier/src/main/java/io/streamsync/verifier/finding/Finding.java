package io.streamsync.verifier.finding;

/// One thing that does not fit.
///
/// @param sentence all of it, for people
public record Finding(FindingCode code, Where where, String expected, String found, String sentence) {

    static Finding of(FindingCode code, Where where, String expectedText, String foundText) {
        var expected = Plain.of(expectedText);
        var found = Plain.of(foundText);
        return new Finding(
                code,
                where,
                expected,
                found,
                "%s: %s: expected %s, found %s".formatted(Plain.of(where.toString()), code.subject(), expected, found));
    }
}

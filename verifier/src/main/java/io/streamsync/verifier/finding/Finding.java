package io.streamsync.verifier.finding;

/// One thing that does not fit.
///
/// @param sentence all of it, for people
public record Finding(FindingCode code, Where where, String expected, String found, String sentence) {

    static Finding of(FindingCode code, Where where, String expected, String found) {
        return new Finding(
                code,
                where,
                expected,
                found,
                "%s: %s: expected %s, found %s".formatted(where, code.subject(), expected, found));
    }
}

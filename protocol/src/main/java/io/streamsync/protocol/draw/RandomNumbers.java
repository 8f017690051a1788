package io.streamsync.protocol.draw;

/// The random numbers of one race: per label a sequence of unsigned 64-bit numbers, starting over for each race.
/// Block k of a label is `HMAC-SHA-256(secret, label ‖ router ‖ incarnation ‖ sequence ‖ SHA-256(request) ‖ k)` with
/// router and incarnation in 2 bytes, sequence in 6 and k in 4, big-endian; its first 8 bytes are the number.
public interface RandomNumbers {

    /// The next number of the label.
    long next(Label label);

    /// Where `floor(x * total / 2^64)` falls.
    default long below(Label label, long total) {
        return Math.unsignedMultiplyHigh(next(label), total);
    }

    /// What a number is for.
    enum Label {
        RACE,
        NODE,
        CHECK,
        EXPLORE,
        SUBMIT,
        SAMPLE,
        SHADOW
    }
}

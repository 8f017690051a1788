package io.streamsync.billing.earning;

import java.util.List;

/// How far an operator's earnings have been followed out of their hold.
///
/// @param through the last batch whose hold is over, and which has been counted
/// @param due what was due and could not be released, nano-USDC: verdicts had taken it back meanwhile
record Hold(long through, long due) {

    static final Hold NEW = new Hold(0, 0);

    /// Counts what has come out of its hold. A verdict takes from what is held, whichever race it concerns, so no more
    /// is released than is there; and what it took from later earnings is not released in their stead.
    ///
    /// @param takenLater by batches whose hold is not over yet
    Release after(List<Matured> matured, long takenLater, long held) {
        var owed = matured.stream().mapToLong(Matured::amount).reduce(due, Math::addExact);
        var released = Math.max(0, Math.min(Math.subtractExact(owed, takenLater), held));
        return new Release(new Hold(matured.getLast().batch(), Math.subtractExact(owed, released)), released);
    }

    /// An entry of a held account whose hold is over.
    ///
    /// @param amount below zero where a verdict took it
    record Matured(long batch, long amount) {}

    record Release(Hold next, long nano) {}
}

package io.streamsync.protocol.settlement;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.RaceAddress;
import java.util.HashSet;
import java.util.function.Function;

/// What the records of a window come to by the rules, in nano-USDC: a function of its leaves alone. Each is net of fees
/// that were given back, and may be negative where more was given back than came.
///
/// Who stands in where a pool is empty, or where a lease was closed before its charge came, is the ledger's
/// matter and not told here; so is a verifiers' share whose VERIFIED never comes.
///
/// @param charged fees of races and subscriptions
/// @param refunded fees given back
/// @param operators shares of those who answered, and of checkers that agreed
/// @param verifiers verifiers' shares of races answered, less those of races verified
/// @param stakers shares of all stakes
/// @param treasury with what divisions leave
/// @param insurance verifiers' shares that nobody earned, less stakers' shares given back after they were shared out
public record Sums(
        long charged, long refunded, long operators, long verifiers, long stakers, long treasury, long insurance) {

    public static final Sums NOTHING = new Sums(0, 0, 0, 0, 0, 0, 0);

    /// The sums of a whole window.
    ///
    /// @param parameters by version
    public static Sums of(Iterable<Leaf> leaves, Function<String, Parameters> parameters) {
        var tally = new Tally(parameters);
        var answered = new HashSet<RaceAddress>();
        for (var leaf : leaves) {
            var record = leaf.record();
            tally.add(record);
            if (record instanceof PublicRecord.Answered one) {
                answered.add(address(leaf, one.race().sequence()));
            } else if (record instanceof PublicRecord.Verified(var verified)
                    && !answered.contains(address(leaf, verified.sequence()))) {
                tally.correct(verified);
            }
        }
        return tally.sums();
    }

    public Sums plus(Sums other) {
        return new Sums(
                Math.addExact(charged, other.charged),
                Math.addExact(refunded, other.refunded),
                Math.addExact(operators, other.operators),
                Math.addExact(verifiers, other.verifiers),
                Math.addExact(stakers, other.stakers),
                Math.addExact(treasury, other.treasury),
                Math.addExact(insurance, other.insurance));
    }

    /// Whether what was charged and not given back is somebody's, to the last unit.
    public boolean balanced() {
        return charged - refunded == operators + verifiers + stakers + treasury + insurance;
    }

    private static RaceAddress address(Leaf leaf, long sequence) {
        return new RaceAddress(leaf.router(), leaf.incarnation(), sequence);
    }
}

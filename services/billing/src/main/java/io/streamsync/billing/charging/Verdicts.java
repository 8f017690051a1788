package io.streamsync.billing.charging;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.usage.UsageOfBatch;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What verdicts do to fees that were charged: the verifiers' share goes to who earned it, or the whole fee back.
final class Verdicts {

    private final Entries entries;
    private final UsageOfBatch usage;
    private final Function<OperatorId, Account> held;
    private final List<Reversal> reversals = new ArrayList<>();

    Verdicts(Entries entries, UsageOfBatch usage, Function<OperatorId, Account> held) {
        this.entries = entries;
        this.usage = usage;
        this.held = held;
    }

    /// @param verified of a race that was charged for
    void book(Verified verified, FeeSplit split, Instant at) {
        switch (verified.status()) {
            case CONFIRMED, UPHELD -> payCheckers(verified, split, at);
            case UNVERIFIED, INCONCLUSIVE, DISPUTED -> unclaimed(split.verifiers());
            case CONTRADICTED, CONVICTED -> reverse(verified, RefundReason.WRONG_ANSWER, split, at);
            case NO_ANSWER -> reverse(verified, RefundReason.NO_ANSWER, split, at);
            case PENDING -> throw new StreamBroken("race " + verified.sequence() + " was verified without a verdict");
        }
    }

    /// Verifiers' shares that nobody earned.
    void unclaimed(long nano) {
        entries.move(Account.VERIFIERS, Account.INSURANCE, nano);
    }

    List<Reversal> reversals() {
        return reversals;
    }

    private void payCheckers(Verified verified, FeeSplit split, Instant at) {
        var agreeing = new ArrayList<OperatorId>();
        for (var result : verified.results()) {
            if (result.place() == Place.CHECKING && result.verdict() == Verdict.AGREES) {
                agreeing.add(result.operatorId());
            }
        }
        if (agreeing.isEmpty()) {
            unclaimed(split.verifiers());
            return;
        }
        var each = split.perVerifier(agreeing.size());
        for (var checker : agreeing) {
            entries.move(Account.VERIFIERS, held.apply(checker), each);
            usage.checked(checker, at, verified.method(), verified.queryClass(), each);
        }
        entries.move(Account.VERIFIERS, Account.TREASURY, split.verifiers() - each * agreeing.size());
    }

    private void reverse(Verified verified, RefundReason reason, FeeSplit split, Instant at) {
        var winner = verified.results().stream()
                .filter(result -> result.verdict() == Verdict.WINS)
                .map(StreamRecord.Result::operatorId)
                .findFirst()
                .orElseThrow(() -> new StreamBroken("race " + verified.sequence() + " was charged without a winner"));
        reversals.add(new Reversal(
                verified.sequence(),
                at,
                reason,
                verified.feeNano(),
                split,
                winner,
                verified.method(),
                verified.queryClass()));
    }
}

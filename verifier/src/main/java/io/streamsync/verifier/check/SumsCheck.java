package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/// Splits every fee again and adds up what each pool has of the window; the header has to say the same, to the last
/// unit.
final class SumsCheck {

    private final Findings findings;
    private final Map<String, BigInteger> sums = new LinkedHashMap<>();

    SumsCheck(Findings findings) {
        this.findings = findings;
    }

    void answered(long fee, Parameters parameters) {
        if (fee > 0) {
            var split = FeeSplit.of(fee, parameters);
            earned(fee, split);
            add("verifiers", split.verifiers());
        }
    }

    /// Nobody verifies a subscription: the verifiers' share is the insurance's at once (decision 32).
    void subscribed(long fee, Parameters parameters) {
        if (fee > 0) {
            var split = FeeSplit.of(fee, parameters);
            earned(fee, split);
            add("insurance", split.verifiers());
        }
    }

    /// @param answeredInThisWindow whether the stakers' share of the race is still there: that of an earlier window has
    ///     been shared out, and the insurance stands in for it
    void verified(Verified verified, Parameters parameters, boolean answeredInThisWindow) {
        var fee = verified.feeNano();
        if (fee <= 0) {
            return;
        }
        var split = FeeSplit.of(fee, parameters);
        add("verifiers", -split.verifiers());
        switch (verified.status()) {
            case CONFIRMED, UPHELD -> agreed(verified, split);
            case UNVERIFIED, INCONCLUSIVE, DISPUTED, PENDING -> add("insurance", split.verifiers());
            case CONTRADICTED, CONVICTED, NO_ANSWER -> reversed(fee, split, answeredInThisWindow);
        }
    }

    void finish(SettlementHeader header) {
        Shown.sums(header)
                .forEach((name, signed) -> findings.same(
                        FindingCode.SUMS_WRONG,
                        Where.window(header.epoch()),
                        name + " " + sums.getOrDefault(name, BigInteger.ZERO) + " nano-USDC",
                        name + " " + signed + " nano-USDC"));
    }

    /// To the checkers that agreed, equally; what the division leaves is the treasury's.
    private void agreed(Verified verified, FeeSplit split) {
        var agreeing = (int) verified.results().stream()
                .filter(result -> result.place() == Place.CHECKING && result.verdict() == Verdict.AGREES)
                .count();
        if (agreeing == 0) {
            add("insurance", split.verifiers());
            return;
        }
        var each = split.verifiers() / agreeing;
        add("operators", each * agreeing);
        add("treasury", split.verifiers() - each * agreeing);
    }

    private void reversed(long fee, FeeSplit split, boolean answeredInThisWindow) {
        add("refunded", fee);
        add("operators", -split.operator());
        add(answeredInThisWindow ? "stakers" : "insurance", -split.stakers());
        add("treasury", -split.treasury());
    }

    private void earned(long fee, FeeSplit split) {
        add("charged", fee);
        add("operators", split.operator());
        add("stakers", split.stakers());
        add("treasury", split.treasury());
    }

    private void add(String pool, long nano) {
        sums.merge(pool, BigInteger.valueOf(nano), BigInteger::add);
    }
}

package io.streamsync.protocol.settlement;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Adds records up, one after the other. Not for use by two threads.
public final class Tally {

    private final Function<String, Parameters> parameters;
    private final SortedSet<String> versions = new TreeSet<>();
    private Sums sums = Sums.NOTHING;

    /// @param parameters by version
    public Tally(Function<String, Parameters> parameters) {
        this.parameters = parameters;
    }

    public Sums sums() {
        return sums;
    }

    /// The versions of the parameters that the records name.
    public SortedSet<String> versions() {
        return versions;
    }

    /// @throws IllegalArgumentException when the record cannot be: a negative fee, a verdict that is none
    public void add(StreamRecord record) {
        switch (record) {
            case StreamRecord.Answered answered ->
                answered(answered.race().parametersVersion(), answered.outcome().feeNano());
            case Verified verified -> verified(verified);
            case StreamRecord.SubscriptionCharged charged -> subscribed(charged.parametersVersion(), charged.feeNano());
            case StreamRecord.LeaseClosed _, StreamRecord.EpochEnded _, StreamRecord.StreamEnded _ -> {}
        }
    }

    /// The same from what is published.
    public void add(PublicRecord record) {
        switch (record) {
            case PublicRecord.Answered answered ->
                answered(answered.race().parametersVersion(), answered.outcome().feeNano());
            case PublicRecord.Verified(var verified) -> verified(verified);
            case PublicRecord.SubscriptionCharged charged -> subscribed(charged.parametersVersion(), charged.feeNano());
            case PublicRecord.LeaseClosed _, PublicRecord.EpochEnded _, PublicRecord.StreamEnded _ -> {}
        }
    }

    private void answered(String version, long fee) {
        versions.add(version);
        if (fee != 0) {
            var split = FeeSplit.of(fee, parameters.apply(version));
            add(new Sums(fee, 0, split.operator(), split.verifiers(), split.stakers(), split.treasury(), 0));
        }
    }

    /// Nobody verifies a subscription: the verifiers' share is the insurance's at once.
    private void subscribed(String version, long fee) {
        versions.add(version);
        if (fee != 0) {
            var split = FeeSplit.of(fee, parameters.apply(version));
            add(new Sums(fee, 0, split.operator(), 0, split.stakers(), split.treasury(), split.verifiers()));
        }
    }

    /// Says of a VERIFIED, which has been added, that its race was answered in an earlier window. The stakers'
    /// share of a fee that it gives back has been shared out: the insurance stands in.
    public void correct(Verified verified) {
        if (verified.feeNano() > 0 && givesBack(verified)) {
            var stakers = split(verified).stakers();
            add(new Sums(0, 0, 0, 0, stakers, 0, -stakers));
        }
    }

    /// Whether a VERIFIED gives back what its race was charged, if anything.
    public static boolean givesBack(Verified verified) {
        return switch (verified.status()) {
            case CONTRADICTED, CONVICTED, NO_ANSWER -> true;
            case PENDING, CONFIRMED, UNVERIFIED, DISPUTED, UPHELD, INCONCLUSIVE -> false;
        };
    }

    private void verified(Verified verified) {
        versions.add(verified.parametersVersion());
        var fee = verified.feeNano();
        if (fee == 0) {
            return;
        }
        var split = split(verified);
        var share = split.verifiers();
        switch (verified.status()) {
            case CONFIRMED, UPHELD -> {
                var agreeing = agreeing(verified);
                if (agreeing == 0) {
                    add(new Sums(0, 0, 0, -share, 0, 0, share));
                } else {
                    var paid = split.perVerifier(agreeing) * agreeing;
                    add(new Sums(0, 0, paid, -share, 0, share - paid, 0));
                }
            }
            case UNVERIFIED, INCONCLUSIVE, DISPUTED -> add(new Sums(0, 0, 0, -share, 0, 0, share));
            case CONTRADICTED, CONVICTED, NO_ANSWER ->
                add(new Sums(0, fee, -split.operator(), -share, -split.stakers(), -split.treasury(), 0));
            case PENDING -> throw new IllegalArgumentException("verified without a verdict");
        }
    }

    private FeeSplit split(Verified verified) {
        return FeeSplit.of(verified.feeNano(), parameters.apply(verified.parametersVersion()));
    }

    private static int agreeing(Verified verified) {
        var agreeing = 0;
        for (var result : verified.results()) {
            if (result.place() == Place.CHECKING && result.verdict() == Verdict.AGREES) {
                agreeing++;
            }
        }
        return agreeing;
    }

    private void add(Sums more) {
        sums = sums.plus(more);
    }
}

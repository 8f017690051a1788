package io.streamsync.billing.explanation;

import io.streamsync.billing.archive.ArchivedRace;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One share of a fee. The shares of a race add up to its price, and to 10 000 basis points.
///
/// @param to `operator:{id}`, `verifier:{id}`, `stakers`, `treasury` or `insurance`
record Share(String to, int basisPoints, String amount) {

    private static final int WHOLE = 10_000;

    static List<Share> of(ArchivedRace archived, Parameters parameters) {
        var outcome = archived.answered().outcome();
        if (outcome.feeNano() == 0 || outcome.winner() < 0) {
            return List.of();
        }
        var split = FeeSplit.of(outcome.feeNano(), parameters);
        var winner = archived.answered().asked().places().get(outcome.winner());
        var operatorPoints = parameters.operatorShare();
        var stakersPoints = parameters.stakersShare();
        var verifiers = Verifiers.of(archived.verified(), split, parameters);
        var shares = new ArrayList<Share>();
        shares.add(share("operator:" + winner.operatorId(), operatorPoints, split.operator()));
        shares.addAll(verifiers.shares());
        shares.add(share("stakers", stakersPoints, split.stakers()));
        shares.add(share(
                "treasury",
                WHOLE - operatorPoints - stakersPoints - verifiers.points(),
                split.treasury() + split.verifiers() - verifiers.nano()));
        return shares;
    }

    private static Share share(String to, int basisPoints, long nano) {
        return new Share(to, basisPoints, Amount.decimal(nano));
    }

    /// The verifiers' shares; what the division leaves is the treasury's.
    private record Verifiers(List<Share> shares, int points, long nano) {

        /// While nobody has agreed, the share is on its way to the insurance.
        static Verifiers of(@Nullable Verified verified, FeeSplit split, Parameters parameters) {
            var agreeing = agreeing(verified);
            if (agreeing.isEmpty()) {
                var insurance = share("insurance", parameters.verifiersShare(), split.verifiers());
                return new Verifiers(List.of(insurance), parameters.verifiersShare(), split.verifiers());
            }
            var points = parameters.verifiersShare() / agreeing.size();
            var nano = split.perVerifier(agreeing.size());
            return new Verifiers(
                    agreeing.stream()
                            .map(result -> share("verifier:" + result.operatorId(), points, nano))
                            .toList(),
                    points * agreeing.size(),
                    nano * agreeing.size());
        }

        private static List<Result> agreeing(@Nullable Verified verified) {
            if (verified == null || verified.status() != RaceStatus.CONFIRMED) {
                return List.of();
            }
            return verified.results().stream()
                    .filter(result -> result.place() == Place.CHECKING && result.verdict() == Verdict.AGREES)
                    .toList();
        }
    }
}

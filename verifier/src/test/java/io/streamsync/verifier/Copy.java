package io.streamsync.verifier;

import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.SharedOut;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Taken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records and pages with one thing changed.
final class Copy {

    private Copy() {}

    static Answered places(Answered answered, List<AskedPlace> places) {
        var asked = answered.asked();
        return new Answered(
                answered.race(),
                new Asked(places, asked.skipped(), asked.checked(), asked.unvoted(), asked.despite()),
                answered.outcome(),
                answered.privatePart());
    }

    static Answered skipped(Answered answered, List<Skipped> skipped) {
        var asked = answered.asked();
        return new Answered(
                answered.race(),
                new Asked(asked.places(), skipped, asked.checked(), asked.unvoted(), asked.despite()),
                answered.outcome(),
                answered.privatePart());
    }

    static Answered outcome(Answered answered, Outcome outcome) {
        return new Answered(answered.race(), answered.asked(), outcome, answered.privatePart());
    }

    static Outcome money(Outcome outcome, long price, long fee, @Nullable RefundReason refund) {
        return new Outcome(
                outcome.winner(),
                outcome.latencyMicros(),
                outcome.slot(),
                price,
                fee,
                refund,
                outcome.sla(),
                outcome.lateByRouter());
    }

    static Outcome sla(Outcome outcome, @Nullable Sla sla) {
        return new Outcome(
                outcome.winner(),
                outcome.latencyMicros(),
                outcome.slot(),
                outcome.priceNano(),
                outcome.feeNano(),
                outcome.refund(),
                sla,
                outcome.lateByRouter());
    }

    static Outcome latency(Outcome outcome, long micros) {
        return new Outcome(
                outcome.winner(),
                micros,
                outcome.slot(),
                outcome.priceNano(),
                outcome.feeNano(),
                outcome.refund(),
                outcome.sla(),
                outcome.lateByRouter());
    }

    static Outcome winner(Outcome outcome, int winner) {
        return new Outcome(
                winner,
                outcome.latencyMicros(),
                outcome.slot(),
                outcome.priceNano(),
                outcome.feeNano(),
                outcome.refund(),
                outcome.sla(),
                false);
    }

    static Answered epoch(Answered answered, long epoch) {
        return race(answered, epoch, answered.race().terms());
    }

    static Answered terms(Answered answered, Terms terms) {
        return race(answered, answered.race().epoch(), terms);
    }

    private static Answered race(Answered answered, long epoch, Terms terms) {
        var race = answered.race();
        return new Answered(
                new Race(
                        race.sequence(),
                        race.occurredAt(),
                        epoch,
                        race.snapshot(),
                        race.parametersVersion(),
                        race.method(),
                        race.queryClass(),
                        race.requestHash(),
                        terms,
                        race.minSlot()),
                answered.asked(),
                answered.outcome(),
                answered.privatePart());
    }

    static Verified status(Verified verified, RaceStatus status) {
        return verified(verified, verified.occurredAt(), status, verified.feeNano(), verified.results());
    }

    static Verified results(Verified verified, List<Result> results) {
        return verified(verified, verified.occurredAt(), verified.status(), verified.feeNano(), results);
    }

    static Verified at(Verified verified, long occurredAt) {
        return verified(verified, occurredAt, verified.status(), verified.feeNano(), verified.results());
    }

    static Verified fee(Verified verified, long fee) {
        return verified(verified, verified.occurredAt(), verified.status(), fee, verified.results());
    }

    static Verified large(Verified verified) {
        return new Verified(
                verified.sequence(),
                verified.occurredAt(),
                verified.method(),
                verified.queryClass(),
                verified.parametersVersion(),
                verified.status(),
                verified.feeNano(),
                verified.unvoted(),
                verified.results(),
                "ab".repeat(32));
    }

    private static Verified verified(
            Verified verified, long occurredAt, RaceStatus status, long fee, List<Result> results) {
        return new Verified(
                verified.sequence(),
                occurredAt,
                verified.method(),
                verified.queryClass(),
                verified.parametersVersion(),
                status,
                fee,
                verified.unvoted(),
                results,
                verified.answerHash());
    }

    /// Instead of a failure a sound answer, which nobody compared.
    static Result answered(Result result, @Nullable Reason reason) {
        return new Result(
                result.nodeId(),
                result.operatorId(),
                result.place(),
                1_000,
                PlaceOutcome.ANSWER,
                Verdict.UNJUDGED,
                result.slot(),
                false,
                reason);
    }

    static SubscriptionCharged charged(SubscriptionCharged charged, String version, boolean opened, long fee) {
        return new SubscriptionCharged(
                charged.subscriptionId(),
                charged.occurredAt(),
                charged.epoch(),
                version,
                charged.method(),
                charged.nodeId(),
                charged.operatorId(),
                charged.priceNano(),
                opened,
                charged.notifications(),
                fee,
                charged.privatePart());
    }

    static SubscriptionCharged charged(SubscriptionCharged charged, long epoch) {
        return new SubscriptionCharged(
                charged.subscriptionId(),
                charged.occurredAt(),
                epoch,
                charged.parametersVersion(),
                charged.method(),
                charged.nodeId(),
                charged.operatorId(),
                charged.priceNano(),
                charged.opened(),
                charged.notifications(),
                charged.feeNano(),
                charged.privatePart());
    }

    static SubscriptionCharged charged(SubscriptionCharged charged, OperatorId operator, long price) {
        return new SubscriptionCharged(
                charged.subscriptionId(),
                charged.occurredAt(),
                charged.epoch(),
                charged.parametersVersion(),
                charged.method(),
                charged.nodeId(),
                operator,
                price,
                charged.opened(),
                charged.notifications(),
                charged.feeNano(),
                charged.privatePart());
    }

    static RouterPage page(RouterPage page, String commitment, @Nullable String secret) {
        return new RouterPage(page.stream(), commitment, secret, page.taken(), page.skips());
    }

    static RouterPage taken(RouterPage page, List<Taken> taken) {
        return new RouterPage(page.stream(), page.commitment(), page.secret(), taken, page.skips());
    }

    static SettlementHeader sharedOut(SettlementHeader header, long stakersShare, @Nullable SharedOut sharedOut) {
        return header(
                header,
                header.startsAt(),
                header.endsAt(),
                header.previous(),
                header.sums(),
                stakersShare,
                header.parametersVersions(),
                sharedOut);
    }

    static SettlementHeader stakersShare(SettlementHeader header, long nano) {
        return header(
                header,
                header.startsAt(),
                header.endsAt(),
                header.previous(),
                header.sums(),
                nano,
                header.parametersVersions());
    }

    static SettlementHeader versions(SettlementHeader header, List<String> versions) {
        return header(
                header,
                header.startsAt(),
                header.endsAt(),
                header.previous(),
                header.sums(),
                header.stakersShare(),
                versions);
    }

    static SettlementHeader times(SettlementHeader header, long startsAt, long endsAt) {
        return header(
                header,
                startsAt,
                endsAt,
                header.previous(),
                header.sums(),
                header.stakersShare(),
                header.parametersVersions());
    }

    static SettlementHeader previous(SettlementHeader header, String previous) {
        return header(
                header,
                header.startsAt(),
                header.endsAt(),
                previous,
                header.sums(),
                header.stakersShare(),
                header.parametersVersions());
    }

    private static SettlementHeader header(
            SettlementHeader header,
            long startsAt,
            long endsAt,
            String previous,
            Sums sums,
            long stakersShare,
            List<String> versions) {
        return header(header, startsAt, endsAt, previous, sums, stakersShare, versions, header.sharedOut());
    }

    private static SettlementHeader header(
            SettlementHeader header,
            long startsAt,
            long endsAt,
            String previous,
            Sums sums,
            long stakersShare,
            List<String> versions,
            @Nullable SharedOut sharedOut) {
        return new SettlementHeader(
                header.epoch(),
                startsAt,
                endsAt,
                header.leafCount(),
                header.root(),
                previous,
                header.publicKey(),
                sums,
                stakersShare,
                versions,
                header.ranges(),
                sharedOut);
    }
}

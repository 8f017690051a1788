package io.streamsync.protocol.record;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record of a router's stream. Its place there is its position, gapless from 0 per router and incarnation;
/// a race's own number is its sequence. The two differ because races end in another order than they start.
public sealed interface StreamRecord {

    /// Written before the answer leaves: what was asked, of whom, who won, what it costs.
    record Answered(Race race, Asked asked, Outcome outcome, PrivatePart privatePart) implements StreamRecord {

        public Answered {
            requireWinner(asked, outcome);
        }
    }

    /// @throws IllegalArgumentException when somebody won who was not asked
    static void requireWinner(Asked asked, Outcome outcome) {
        if (outcome.winner() < -1 || outcome.winner() >= asked.places().size()) {
            throw new IllegalArgumentException("the winner is one of the places, or -1");
        }
    }

    /// Written when all places have answered or the verification window has passed.
    ///
    /// @param sequence the race's
    /// @param occurredAt Unix ms
    /// @param feeNano what ANSWERED charged, repeated so that posting needs no look-up
    /// @param results one per place of ANSWERED, in its order
    /// @param answerHash SHA-256 of the result's bytes as the customer got them, lower-case hex; null where
    ///     the answer was not large, or did not come whole
    record Verified(
            long sequence,
            long occurredAt,
            String method,
            QueryClass queryClass,
            String parametersVersion,
            RaceStatus status,
            long feeNano,
            boolean unvoted,
            List<Result> results,
            @Nullable String answerHash)
            implements StreamRecord {

        public Verified {
            results = List.copyOf(results);
        }

        /// Of a race without a large answer.
        public Verified(
                long sequence,
                long occurredAt,
                String method,
                QueryClass queryClass,
                String parametersVersion,
                RaceStatus status,
                long feeNano,
                boolean unvoted,
                List<Result> results) {
            this(sequence, occurredAt, method, queryClass, parametersVersion, status, feeNano, unvoted, results, null);
        }
    }

    /// What a subscription costs: its opening, or the notifications of a while from one node. Written before the client
    /// has the subscription's id, then at most once a second.
    ///
    /// @param subscriptionId 32 lower-case hex digits, the same in all records of the subscription
    /// @param occurredAt Unix ms
    /// @param method that opened it, such as `accountSubscribe`
    /// @param priceNano the ask of the node that serves it, at most the customer's ceiling
    /// @param opened whether this is its opening, which costs one ask
    /// @param notifications so many came since the record before; `notificationsPerAsk` of them cost one ask
    /// @param feeNano what is charged
    /// @param privatePart without a batch
    record SubscriptionCharged(
            String subscriptionId,
            long occurredAt,
            long epoch,
            String parametersVersion,
            String method,
            NodeId nodeId,
            OperatorId operatorId,
            long priceNano,
            boolean opened,
            long notifications,
            long feeNano,
            PrivatePart privatePart)
            implements StreamRecord {

        public SubscriptionCharged {
            if (notifications < 0 || feeNano < 0) {
                throw new IllegalArgumentException("notifications and fee are not negative");
            }
        }

        /// Every subscription is one of these (public interfaces, WebSocket).
        public QueryClass queryClass() {
            return QueryClass.LOOKUP;
        }
    }

    /// The router spends no more from this lease; the rest goes back.
    record LeaseClosed(UUID leaseId, long cumulative) implements StreamRecord {}

    /// All races of the epoch whose record is not before this mark belong to a later one.
    record EpochEnded(long epoch, long occurredAt) implements StreamRecord {}

    /// The last record of an incarnation: every lease of it that is still open closes at what was posted.
    record StreamEnded(long occurredAt) implements StreamRecord {}

    /// @param sequence the race's number within the incarnation
    /// @param occurredAt Unix ms at which the request was complete
    /// @param epoch whose secret and snapshot the draw used
    /// @param snapshot its hash, lower-case hex
    /// @param requestHash SHA-256 of the request, lower-case hex; public: the draw is replayed from it
    /// @param minSlot the slot that answers had to reach, or -1
    record Race(
            long sequence,
            long occurredAt,
            long epoch,
            String snapshot,
            String parametersVersion,
            String method,
            QueryClass queryClass,
            String requestHash,
            Terms terms,
            long minSlot) {}

    /// @param round 0 for the first draw, 1 for the second after total failure
    record AskedPlace(NodeId nodeId, OperatorId operatorId, Place place, int round) {}

    /// @param despite of CIRCUIT_OPEN and CAPACITY those in spite of which nodes were asked to race, for want of others
    record Asked(
            List<AskedPlace> places, List<Skipped> skipped, boolean checked, boolean unvoted, Set<SkipReason> despite) {
        public Asked {
            places = List.copyOf(places);
            skipped = List.copyOf(skipped);
            // in one order everywhere
            despite = despite.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(despite));
        }

        public Asked(List<AskedPlace> places, List<Skipped> skipped, boolean checked, boolean unvoted) {
            this(places, skipped, checked, unvoted, Set.of());
        }
    }

    /// @param winner index into the places, or -1
    /// @param latencyMicros from the complete request to the first byte of the winning answer
    /// @param slot of the answer, or -1
    /// @param priceNano the winner's ask, also when nothing is charged; 0 without a winner
    /// @param feeNano what is charged
    /// @param lateByRouter whether a missed SLA is the router's own delay, or a second draw's
    record Outcome(
            int winner,
            long latencyMicros,
            long slot,
            long priceNano,
            long feeNano,
            @Nullable RefundReason refund,
            @Nullable Sla sla,
            boolean lateByRouter) {}

    record Sla(int maxLatencyMs, boolean ofCustomer, boolean met) {}

    enum RefundReason {
        SLA_MISSED,
        NO_ANSWER,
        WRONG_ANSWER
    }

    /// What never leaves the installation; the public part holds SHA-256 of its bytes.
    ///
    /// @param salt 16 random bytes as lower-case hex
    /// @param leaseId the lease charged; null when nothing could be reserved
    /// @param cumulative all that the lease has spent after this race
    record PrivatePart(
            String salt,
            String accountId,
            String keyId,
            @Nullable UUID leaseId,
            long cumulative,
            @Nullable String batch,
            int batchIndex) {}

    /// @param latencyMicros or -1 when the place did not answer in the window
    /// @param outcome null when it was still silent at the end of the window
    /// @param slot of its answer, or -1
    /// @param counts whether a failure counts against the node
    /// @param reason why it did not win; null for the winner and the silent, and in records of earlier versions
    record Result(
            NodeId nodeId,
            OperatorId operatorId,
            Place place,
            long latencyMicros,
            @Nullable PlaceOutcome outcome,
            Verdict verdict,
            long slot,
            boolean counts,
            @Nullable Reason reason) {

        /// A result without a reason.
        public Result(
                NodeId nodeId,
                OperatorId operatorId,
                Place place,
                long latencyMicros,
                @Nullable PlaceOutcome outcome,
                Verdict verdict,
                long slot,
                boolean counts) {
            this(nodeId, operatorId, place, latencyMicros, outcome, verdict, slot, counts, null);
        }
    }

    enum PlaceOutcome {
        ANSWER,
        FAILURE
    }

    /// What a place's answer came to: `wins`, `agrees` and so on in the explanation of a race.
    enum Verdict {
        WINS,
        AGREES,
        DISAGREES,
        UNJUDGED,
        LATE,
        FAILED
    }

    /// Why a place that replied did not win.
    enum Reason {
        /// A sound answer, after the race was over.
        LATER,
        /// A sound answer that no second operator had said when the race was over.
        UNCONFIRMED,
        /// A checker's or a shadow's answer: delivered only when nobody who races has one.
        NOT_RACING,
        /// A checker's answer that may not be delivered: too dear, or outside the customer's lists.
        UNDELIVERABLE,
        /// It accepted the transaction, and another that did stands before it in the order that was drawn.
        DRAWN_LATER,
        /// Below the slot that the customer needs.
        BEHIND,
        IMPLAUSIBLE_SLOT,
        ANOTHER_SIGNATURE,
        CONNECT,
        TIMEOUT,
        BROKEN_OFF,
        MALFORMED,
        TOO_LARGE,
        /// The router had too many connections to the node already.
        POOL_FULL,
        RATE_LIMITED,
        /// By a status such as 403.
        REFUSED,
        /// By a status of 500 and above.
        SERVER_ERROR,
        UNHEALTHY,
        NOT_OFFERED,
        NOT_HELD,
        /// Any other fault of the node's own.
        NODE_FAULT
    }
}

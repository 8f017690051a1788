package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.stream.Routers;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.Streams;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Where routers ask for credit, and learn how far their streams have been posted.
@RestController
class LeaseController {

    private final Credit credit;
    private final Streams streams;
    private final Routers routers;

    LeaseController(Credit credit, Streams streams, Routers routers) {
        this.credit = credit;
        this.streams = streams;
        this.routers = routers;
    }

    @PostMapping("/internal/leases")
    @Transactional
    public LeaseAnswer lease(@RequestBody LeaseCall call) {
        var requests = call.requests() == null ? List.<RequestView>of() : call.requests();
        var grants = credit.grant(
                new StreamId(call.routerId(), call.incarnation()),
                requests.stream().map(RequestView::checked).toList());
        return new LeaseAnswer(
                streams.recent(call.routerId()).stream()
                        .map(stream -> new StreamView(stream.id().incarnation(), stream.nextPosition(), stream.ended()))
                        .toList(),
                routers.live(),
                grants.stream().map(GrantView::of).toList());
    }

    public record LeaseCall(
            int routerId, int incarnation, @Nullable List<RequestView> requests) {}

    /// @param spentRecently nano-USDC in the last 20 s, as digits
    /// @param dearestAsk nano-USDC, as digits
    public record RequestView(
            @Nullable String requestId,
            @Nullable String accountId,
            @Nullable UUID leaseId,
            @Nullable String spentRecently,
            @Nullable String dearestAsk) {

        LeaseRequest checked() {
            if (requestId == null || accountId == null) {
                throw new Refusal(ProblemCode.INVALID_REQUEST, "A request names requestId and accountId.");
            }
            return new LeaseRequest(
                    requestId, new CustomerId(accountId), leaseId, nano(spentRecently), nano(dearestAsk));
        }

        private static long nano(@Nullable String digits) {
            if (digits == null || !digits.matches("\\d{1,18}")) {
                throw new Refusal(
                        ProblemCode.INVALID_REQUEST, "spentRecently and dearestAsk are nano-USDC, up to 18 digits.");
            }
            return Long.parseLong(digits);
        }
    }

    public record LeaseAnswer(List<StreamView> streams, int liveRouters, List<GrantView> grants) {}

    /// @param ended whether the stream's end is posted
    public record StreamView(int incarnation, long nextPosition, boolean ended) {}

    /// @param granted the lease's total so far, nano-USDC as digits
    /// @param balance nano-USDC as digits
    public record GrantView(
            String requestId,
            String accountId,
            String outcome,
            @Nullable UUID leaseId,
            String granted,
            String balance) {

        static GrantView of(Grant grant) {
            var lease = grant.lease();
            return new GrantView(
                    grant.request().requestId(),
                    grant.request().customer().value(),
                    grant.outcome().name(),
                    lease == null ? null : lease.id(),
                    Long.toString(lease == null ? 0 : lease.granted()),
                    Long.toString(grant.balance()));
        }
    }
}

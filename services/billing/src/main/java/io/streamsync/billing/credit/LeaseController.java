package io.streamsync.billing.credit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.stream.LiveRouter;
import io.streamsync.billing.stream.Progress;
import io.streamsync.billing.stream.Routers;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.Streams;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
    private final RateUse rateUse;
    private final Progress progress;
    private final CreditProperties properties;

    LeaseController(
            Credit credit,
            Streams streams,
            Routers routers,
            RateUse rateUse,
            Progress progress,
            CreditProperties properties) {
        this.properties = properties;
        this.credit = credit;
        this.rateUse = rateUse;
        this.progress = progress;
        this.streams = streams;
        this.routers = routers;
    }

    @PostMapping("/internal/leases")
    @Transactional
    public LeaseAnswer lease(@RequestBody LeaseCall call) {
        var requests = present(call.requests());
        var stream = new StreamId(call.routerId(), call.incarnation());
        var grants =
                credit.grant(stream, requests.stream().map(RequestView::checked).toList());
        call.notes(stream, progress);
        call.sends().ifPresent(sent -> routers.sends(call.routerId(), sent));
        var live = routers.live();
        var rates = present(call.rates());
        return new LeaseAnswer(
                streams.recent(call.routerId()).stream()
                        .map(known -> new StreamView(known.id().incarnation(), known.nextPosition(), known.ended()))
                        .toList(),
                live.size(),
                live,
                properties.validity().toMillis(),
                grants.stream().map(GrantView::of).toList(),
                rateUse
                        .shared(
                                call.routerId(),
                                rates.stream().map(RateView::checked).collect(Collectors.toSet()))
                        .entrySet()
                        .stream()
                        .map(share -> new RateShareView(
                                share.getKey().accountId(), share.getKey().keyId(), share.getValue()))
                        .toList());
    }

    private static <T> List<T> present(@Nullable List<@Nullable T> told) {
        var present = new ArrayList<T>();
        for (var one : told == null ? List.<@Nullable T>of() : told) {
            if (one == null) {
                throw new Refusal(ProblemCode.INVALID_REQUEST, "There is a null in a list.");
            }
            present.add(one);
        }
        return present;
    }

    /// @param journaled the next position of the router's journal; null where it does not say
    /// @param acknowledged the next position that Kafka acknowledged; null where the router does not say
    /// @param forwarding earlier starts whose streams the router still sends; null where it does not say
    public record LeaseCall(
            int routerId,
            int incarnation,
            @Nullable List<@Nullable RequestView> requests,
            @Nullable List<@Nullable RateView> rates,
            @Nullable Long journaled,
            @Nullable Long acknowledged,
            @Nullable List<@Nullable Integer> forwarding) {

        private static final int LAST = 0xffff;

        Optional<Set<Integer>> sends() {
            if (forwarding == null) {
                return Optional.empty();
            }
            var sent = new HashSet<>(present(forwarding));
            if (sent.stream().anyMatch(start -> start < 1 || start > LAST)) {
                throw new Refusal(ProblemCode.INVALID_REQUEST, "forwarding names starts of the router.");
            }
            return Optional.of(sent);
        }

        void notes(StreamId stream, Progress progress) {
            if (journaled == null || acknowledged == null) {
                return;
            }
            if (acknowledged < 0 || acknowledged > journaled) {
                throw new Refusal(
                        ProblemCode.INVALID_REQUEST,
                        "journaled and acknowledged are positions of a stream, the second at most the first.");
            }
            progress.note(stream, journaled, acknowledged);
        }
    }

    /// Queries per second that a holder allows itself, as this router uses them up right now.
    ///
    /// @param keyId null for the account's own cap
    public record RateView(
            @Nullable String accountId, @Nullable String keyId) {

        RateUse.Holder checked() {
            if (accountId == null || (keyId != null && keyId.isEmpty())) {
                throw new Refusal(ProblemCode.INVALID_REQUEST, "A rate names accountId, and keyId or none.");
            }
            return new RateUse.Holder(accountId, keyId);
        }
    }

    /// @param routers that use the cap up right now: each has an equal share
    public record RateShareView(String accountId, @Nullable String keyId, int routers) {}

    /// @param spentRecently nano-USDC, as digits: what two minutes cost, by the last 20 s
    /// @param dearestAsk nano-USDC, as digits
    /// @param keyId of a key with a daily cap; null for a lease that the account's other keys share
    /// @param least nano-USDC, as digits: what a new lease must come to; null for whatever there is
    /// @param idle whether the lease only lies ready; null for no
    /// @param more whether credit is asked for; null for yes
    /// @param returned all that was given back of the lease so far, nano-USDC, as digits; null for nothing
    /// @param unspent what of the lease is not spent, nano-USDC, as digits; null where the router does not say
    public record RequestView(
            @Nullable String requestId,
            @Nullable String accountId,
            @Nullable UUID leaseId,
            @Nullable String spentRecently,
            @Nullable String dearestAsk,
            @Nullable String keyId,
            @Nullable String least,
            @Nullable Boolean idle,
            @Nullable Boolean more,
            @Nullable String returned,
            @Nullable String unspent) {

        LeaseRequest checked() {
            if (requestId == null || accountId == null) {
                throw new Refusal(ProblemCode.INVALID_REQUEST, "A request names requestId and accountId.");
            }
            return new LeaseRequest(
                    requestId,
                    new CustomerId(accountId),
                    keyId,
                    leaseId,
                    nano(spentRecently),
                    nano(dearestAsk),
                    least == null ? 0 : nano(least),
                    Boolean.TRUE.equals(idle),
                    !Boolean.FALSE.equals(more),
                    returned == null ? 0 : nano(returned),
                    unspent == null ? null : nano(unspent));
        }

        private static long nano(@Nullable String digits) {
            if (digits == null || !digits.matches("\\d{1,18}")) {
                throw new Refusal(
                        ProblemCode.INVALID_REQUEST,
                        "spentRecently, dearestAsk, least, returned and unspent are nano-USDC, up to 18 digits.");
            }
            return Long.parseLong(digits);
        }
    }

    /// @param validMillis for so long a lease may be spent from, since the router sent the call
    public record LeaseAnswer(
            List<StreamView> streams,
            int liveRouters,
            List<LiveRouter> routers,
            long validMillis,
            List<GrantView> grants,
            List<RateShareView> rates) {}

    /// @param ended whether the stream's end is posted
    public record StreamView(int incarnation, long nextPosition, boolean ended) {}

    /// @param granted the lease's total so far, nano-USDC as digits
    /// @param balance nano-USDC as digits
    /// @param unspent of the key's cap for the day, nano-USDC as digits; null where there is none
    /// @param endsInMillis until the day of the key's lease is over; null for a lease of the account
    /// @param heldBy routers that hold credit which would help; none where there was some
    public record GrantView(
            String requestId,
            String accountId,
            String outcome,
            @Nullable UUID leaseId,
            String granted,
            String balance,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String unspent,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long endsInMillis,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HolderView> heldBy) {

        static GrantView of(Grant grant) {
            var lease = grant.lease();
            var allowance = grant.allowance();
            var unspent = allowance == null ? null : allowance.unspent();
            return new GrantView(
                    grant.request().requestId(),
                    grant.request().customer().value(),
                    grant.outcome().name(),
                    lease == null ? null : lease.id(),
                    Long.toString(lease == null ? 0 : lease.total()),
                    Long.toString(grant.balance()),
                    unspent == null ? null : unspent.toString(),
                    allowance == null ? null : allowance.endsInMillis(),
                    grant.heldBy().stream()
                            .map(held -> new HolderView(held.routerId(), held.holder()))
                            .toList());
        }
    }

    /// @param holder the key that has a lease of its own there, else the account
    public record HolderView(int routerId, String holder) {}
}

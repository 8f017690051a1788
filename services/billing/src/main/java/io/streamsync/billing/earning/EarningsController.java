package io.streamsync.billing.earning;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.paging.Period;
import io.streamsync.billing.rail.Transfers;
import io.streamsync.billing.usage.EarnedBy;
import io.streamsync.billing.usage.Earnings;
import io.streamsync.billing.usage.EarningsGrouping;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// An operator's money, for the portal: whose it is was checked there.
@RestController
class EarningsController {

    /// Hours of a month, as one answer.
    private static final Duration LONGEST_BY_HOUR = Duration.ofDays(31);

    private final Ledger ledger;
    private final Earnings earnings;
    private final Transfers transfers;
    private final InstantSource clock;

    EarningsController(Ledger ledger, Earnings earnings, Transfers transfers, InstantSource clock) {
        this.ledger = ledger;
        this.earnings = earnings;
        this.transfers = transfers;
        this.clock = clock;
    }

    /// One snapshot of the database: money that comes out of its hold is seen once.
    @GetMapping("/internal/operators/{operatorId}/earnings")
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public EarningsView earnings(
            @PathVariable OperatorId operatorId,
            @RequestParam(defaultValue = "day") String groupBy,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var grouping = grouping(groupBy);
        var period = grouping == EarningsGrouping.HOUR
                ? Period.of(from, to, clock.instant(), LONGEST_BY_HOUR)
                : Period.of(from, to, clock.instant());
        return new EarningsView(
                Amount.decimal(ledger.balance(Account.held(operatorId))),
                Amount.decimal(ledger.balance(Account.payable(operatorId))),
                Amount.decimal(transfers.paidOut(operatorId)),
                earnings.of(operatorId, period.from(), period.to(), grouping).stream()
                        .map(EarnedView::of)
                        .toList());
    }

    private static EarningsGrouping grouping(String name) {
        return EarningsGrouping.ofWireName(name)
                .orElseThrow(() -> new Refusal(ProblemCode.INVALID_REQUEST, "Earnings can be grouped in four ways.")
                        .field("groupBy", "hour, day, method or class"));
    }

    /// @param pending held: a verdict may still take it back
    /// @param payable below zero where one took what had been paid
    /// @param paid what rails have paid out; what is in their hands is among none of the three
    public record EarningsView(String pending, String payable, String paid, List<EarnedView> items) {}

    /// @param queries races won
    /// @param checks confirmations that earned a verifier's share
    /// @param charged gross: the asks of the races won
    public record EarnedView(String key, long queries, long checks, String charged, String refunded, String earned) {

        static EarnedView of(EarnedBy earned) {
            return new EarnedView(
                    earned.key(),
                    earned.queries(),
                    earned.checks(),
                    Amount.decimal(earned.charged()),
                    Amount.decimal(earned.refunded()),
                    Amount.decimal(earned.earned()));
        }
    }
}

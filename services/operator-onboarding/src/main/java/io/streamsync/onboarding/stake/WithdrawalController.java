package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.onboarding.portal.IdempotentAnswers;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Withdrawals of stake over HTTP, for their operator.
@RestController
@RequestMapping("/v1/operators/{operatorId}/stake/withdrawals")
class WithdrawalController {

    private final Operators operators;
    private final Stakes stakes;
    private final Withdrawals withdrawals;
    private final IdempotentAnswers answers;

    WithdrawalController(Operators operators, Stakes stakes, Withdrawals withdrawals, IdempotentAnswers answers) {
        this.operators = operators;
        this.stakes = stakes;
        this.withdrawals = withdrawals;
        this.answers = answers;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    WithdrawalView withdraw(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody WithdrawalRequest request) {
        var own = operators.own(operatorId, caller).id();
        var amount = Fields.amount("amount", request.amount(), Asset.STRM);
        var destination = destination(request.destination());
        var asked = new WithdrawalAsked("stake/withdrawals", amount.decimal(), destination.value(), request.rail());
        return answers.once(
                own.value(),
                key,
                asked,
                WithdrawalView.class,
                () -> WithdrawalView.of(withdrawals.withdraw(own, amount, destination, request.rail())));
    }

    @GetMapping("/{withdrawalId}")
    WithdrawalView get(Caller caller, @PathVariable OperatorId operatorId, @PathVariable String withdrawalId) {
        return WithdrawalView.of(
                stakes.withdrawal(operators.own(operatorId, caller).id(), Fields.id("withdrawalId", withdrawalId)));
    }

    private static Destination destination(@Nullable String text) {
        try {
            return new Destination(Fields.required("destination", text, 100));
        } catch (IllegalArgumentException unsound) {
            throw Fields.invalid("destination", String.valueOf(unsound.getMessage()));
        }
    }

    record WithdrawalRequest(
            @Nullable String amount,
            @Nullable String destination,
            @Nullable String rail) {}

    record WithdrawalAsked(
            String path,
            String amount,
            String destination,
            @Nullable String rail) {}

    record WithdrawalView(
            String withdrawalId,
            Withdrawal.Status status,
            Asset asset,
            String amount,
            String rail,
            String destination) {

        static WithdrawalView of(Withdrawal withdrawal) {
            return new WithdrawalView(
                    withdrawal.id(),
                    withdrawal.status(),
                    withdrawal.amount().asset(),
                    withdrawal.amount().decimal(),
                    withdrawal.rail(),
                    withdrawal.destination().value());
        }
    }
}

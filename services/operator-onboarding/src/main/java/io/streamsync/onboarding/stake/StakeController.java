package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.onboarding.portal.IdempotentAnswers;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.time.Instant;
import java.util.List;
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

/// The stake over HTTP, for its operator.
@RestController
@RequestMapping("/v1/operators/{operatorId}/stake")
class StakeController {

    private final Operators operators;
    private final Stakes stakes;
    private final StakeRails rails;
    private final Bonding bonding;
    private final IdempotentAnswers answers;

    StakeController(Operators operators, Stakes stakes, StakeRails rails, Bonding bonding, IdempotentAnswers answers) {
        this.operators = operators;
        this.stakes = stakes;
        this.rails = rails;
        this.bonding = bonding;
        this.answers = answers;
    }

    @GetMapping
    StakeView get(Caller caller, @PathVariable OperatorId operatorId) {
        return StakeView.of(stakes.of(operators.own(operatorId, caller).id()), bonding.minimum());
    }

    @PostMapping("/deposits")
    @ResponseStatus(HttpStatus.CREATED)
    DepositView deposit(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody DepositRequest request) {
        var operator = operators.own(operatorId, caller);
        var amount = Fields.amount("amount", request.amount(), Asset.STRM);
        var rail = rails.named(Fields.required("rail", request.rail(), 64));
        var asked = new DepositAsked("stake/deposits", amount.decimal(), rail.name());
        return answers.once(
                operatorId.value(),
                key,
                asked,
                DepositView.class,
                () -> DepositView.of(bonding.deposit(operator, amount, rail)));
    }

    record DepositRequest(@Nullable String amount, @Nullable String rail) {}

    record DepositAsked(String path, String amount, String rail) {}

    record DepositView(String depositId, DepositStatus status, Asset asset, String amount, String rail) {

        static DepositView of(Deposit deposit) {
            return new DepositView(
                    deposit.id(),
                    deposit.status(),
                    deposit.amount().asset(),
                    deposit.amount().decimal(),
                    deposit.rail());
        }
    }

    record StakeView(
            String bonded, List<UnbondingView> unbonding, String escrowed, String withdrawable, String minimum) {

        static StakeView of(Stake stake, Amount minimum) {
            return new StakeView(
                    stake.bonded().decimal(),
                    stake.unbonding().stream()
                            .map(part ->
                                    new UnbondingView(part.id(), part.amount().decimal(), part.availableAt()))
                            .toList(),
                    stake.escrowed().decimal(),
                    stake.withdrawable().decimal(),
                    minimum.decimal());
        }
    }

    record UnbondingView(String unbondingId, String amount, Instant availableAt) {}
}

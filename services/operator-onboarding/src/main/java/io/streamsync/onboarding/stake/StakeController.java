package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.onboarding.portal.IdempotentAnswers;
import io.streamsync.onboarding.stake.UnbondingController.UnbondingView;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.util.List;
import java.util.Set;
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

/// The stake over HTTP, for its operator: what there is, and deposits.
@RestController
@RequestMapping("/v1/operators/{operatorId}/stake")
class StakeController {

    private final Operators operators;
    private final Stakes stakes;
    private final StakeRails rails;
    private final Bonding bonding;
    private final MinimumStake minimum;
    private final IdempotentAnswers answers;

    StakeController(
            Operators operators,
            Stakes stakes,
            StakeRails rails,
            Bonding bonding,
            MinimumStake minimum,
            IdempotentAnswers answers) {
        this.operators = operators;
        this.stakes = stakes;
        this.rails = rails;
        this.bonding = bonding;
        this.minimum = minimum;
        this.answers = answers;
    }

    @GetMapping
    StakeView get(Caller caller, @PathVariable OperatorId operatorId) {
        var own = operators.own(operatorId, caller).id();
        return StakeView.of(stakes.of(own), minimum.amount(), stakes.cameIn(own).keySet());
    }

    @PostMapping("/deposits")
    @ResponseStatus(HttpStatus.CREATED)
    DepositView deposit(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody DepositRequest request) {
        var own = operators.own(operatorId, caller).id();
        var amount = Fields.amount("amount", request.amount(), Asset.STRM);
        var rail = rails.named(Fields.required("rail", request.rail(), 64));
        var asked = new DepositAsked("stake/deposits", amount.decimal(), rail.name());
        return answers.once(
                own.value(), key, asked, DepositView.class, () -> DepositView.of(bonding.deposit(own, amount, rail)));
    }

    @GetMapping("/deposits/{depositId}")
    DepositView deposit(Caller caller, @PathVariable OperatorId operatorId, @PathVariable String depositId) {
        return DepositView.of(
                stakes.deposit(operators.own(operatorId, caller).id(), Fields.id("depositId", depositId)));
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

    /// @param rails by which this stake came in, and by which it can leave
    record StakeView(
            String bonded,
            List<UnbondingView> unbonding,
            String escrowed,
            String withdrawable,
            String minimum,
            List<String> rails) {

        static StakeView of(Stake stake, Amount minimum, Set<String> rails) {
            return new StakeView(
                    stake.bonded().decimal(),
                    stake.unbonding().stream().map(UnbondingView::of).toList(),
                    stake.escrowed().decimal(),
                    stake.withdrawable().decimal(),
                    minimum.decimal(),
                    List.copyOf(rails));
        }
    }
}

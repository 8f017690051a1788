package io.streamsync.onboarding.stake;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.onboarding.portal.IdempotentAnswers;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Unbondings over HTTP, for their operator. `GET …/stake` shows those that run.
@RestController
@RequestMapping("/v1/operators/{operatorId}/stake/unbondings")
class UnbondingController {

    private final Operators operators;
    private final Unbondings unbondings;
    private final IdempotentAnswers answers;

    UnbondingController(Operators operators, Unbondings unbondings, IdempotentAnswers answers) {
        this.operators = operators;
        this.unbondings = unbondings;
        this.answers = answers;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    UnbondingView start(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody UnbondingRequest request) {
        var own = operators.own(operatorId, caller).id();
        var amount = Fields.amount("amount", request.amount(), Asset.STRM);
        var asked = new UnbondingAsked("stake/unbondings", amount.decimal());
        return answers.once(
                own.value(), key, asked, UnbondingView.class, () -> UnbondingView.of(unbondings.start(own, amount)));
    }

    @DeleteMapping("/{unbondingId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @PathVariable String unbondingId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        var own = operators.own(operatorId, caller).id();
        var cancelled = new Cancelled("stake/unbondings/" + Fields.id("unbondingId", unbondingId));
        answers.once(own.value(), key, cancelled, Cancelled.class, () -> {
            unbondings.cancel(own, unbondingId);
            return cancelled;
        });
    }

    record UnbondingRequest(@Nullable String amount) {}

    record UnbondingAsked(String path, String amount) {}

    record Cancelled(String path) {}

    record UnbondingView(String unbondingId, String amount, Instant availableAt) {

        static UnbondingView of(Unbonding part) {
            return new UnbondingView(part.id(), part.amount().decimal(), part.availableAt());
        }
    }
}

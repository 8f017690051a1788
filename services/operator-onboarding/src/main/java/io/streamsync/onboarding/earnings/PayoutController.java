package io.streamsync.onboarding.earnings;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Payouts over HTTP, for their operator, in whatever state it is: what was earned stays earned. They go to its payout
/// address and nowhere else.
@RestController
@RequestMapping("/v1/operators/{operatorId}/payouts")
class PayoutController {

    private final Operators operators;
    private final PayoutAddresses addresses;
    private final Billing billing;

    PayoutController(Operators operators, PayoutAddresses addresses, Billing billing) {
        this.operators = operators;
        this.addresses = addresses;
        this.billing = billing;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode payOut(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody PayoutRequest request) {
        var own = operators.own(operatorId, caller);
        var amount = Fields.amount("amount", request.amount(), Asset.USDC).decimal();
        addresses.requireKnown(own);
        return billing.payOut(own.id(), new PayoutWish(amount, own.payoutAddress(), request.rail(), key));
    }

    @GetMapping
    JsonNode payouts(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestParam Optional<String> limit,
            @RequestParam Optional<String> cursor) {
        var own = operators.own(operatorId, caller).id();
        return billing.of(own, "payouts", Map.of("limit", limit, "cursor", cursor));
    }

    record PayoutRequest(@Nullable String amount, @Nullable String rail) {}

    /// As billing reads it.
    record PayoutWish(
            String amount,
            String destination,
            @Nullable String rail,
            @Nullable String idempotencyKey) {}
}

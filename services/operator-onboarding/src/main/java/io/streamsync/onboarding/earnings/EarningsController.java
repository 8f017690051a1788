package io.streamsync.onboarding.earnings;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Page;
import io.streamsync.onboarding.portal.PageRequest;
import io.streamsync.protocol.market.OperatorId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Earnings, races and slashes over HTTP, for their operator.
@RestController
@RequestMapping("/v1/operators/{operatorId}")
class EarningsController {

    private final Operators operators;
    private final Billing billing;

    EarningsController(Operators operators, Billing billing) {
        this.operators = operators;
        this.billing = billing;
    }

    @GetMapping("/earnings")
    JsonNode earnings(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam Optional<String> groupBy) {
        var own = operators.own(operatorId, caller).id();
        return billing.of(own, "earnings", Map.of("from", from, "to", to, "groupBy", groupBy));
    }

    /// Won and lost, and why lost.
    @GetMapping("/races")
    JsonNode races(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam Optional<String> limit,
            @RequestParam Optional<String> cursor) {
        var own = operators.own(operatorId, caller).id();
        return billing.of(own, "races", Map.of("from", from, "to", to, "limit", limit, "cursor", cursor));
    }

    /// Only a jury slashes, and there are no juries yet: nobody has been slashed.
    @GetMapping("/slashes")
    Page<Object> slashes(
            Caller caller,
            @PathVariable OperatorId operatorId,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String cursor) {
        operators.own(operatorId, caller);
        PageRequest.of(limit, cursor);
        return Page.whole(List.of());
    }
}

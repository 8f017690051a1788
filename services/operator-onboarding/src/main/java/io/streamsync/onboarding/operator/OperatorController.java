package io.streamsync.onboarding.operator;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.portal.Fields;
import io.streamsync.onboarding.portal.Page;
import io.streamsync.onboarding.portal.PageRequest;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Operators over HTTP. Who they are is public; only the wallet's holder registers and changes.
@RestController
class OperatorController {

    private final Registration registration;
    private final Operators operators;

    OperatorController(Registration registration, Operators operators) {
        this.registration = registration;
        this.operators = operators;
    }

    @PostMapping("/v1/operators")
    @ResponseStatus(HttpStatus.CREATED)
    OperatorView register(Caller caller, @RequestBody RegistrationRequest request) {
        var profile = new Profile(
                name(Fields.required("name", request.name(), 1_000)),
                payoutAddress(Fields.required("payoutAddress", request.payoutAddress(), 100)),
                website(request.website()));
        return OperatorView.of(registration.register(caller, profile, request.invitation()));
    }

    @GetMapping("/v1/operators")
    Page<OperatorView> list(
            @RequestParam @Nullable String state,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String cursor) {
        var request = PageRequest.of(limit, cursor);
        return Page.of(
                        operators.page(Fields.ofNullable("state", state, OperatorState.class), request),
                        request,
                        operator -> operator.id().value())
                .map(OperatorView::of);
    }

    @GetMapping("/v1/operators/{operatorId}")
    OperatorView get(@PathVariable OperatorId operatorId) {
        return OperatorView.of(operators.get(operatorId));
    }

    /// Fields that are absent or null stay; an empty website is removed. The state may be wished to be `ACTIVE`,
    /// `DELISTED` or `EXITING`.
    @PatchMapping("/v1/operators/{operatorId}")
    OperatorView change(Caller caller, @PathVariable OperatorId operatorId, @RequestBody ProfileRequest request) {
        return OperatorView.of(registration.change(
                caller,
                operatorId,
                profile -> new Profile(
                        request.name() == null ? profile.name() : name(request.name()),
                        request.payoutAddress() == null
                                ? profile.payoutAddress()
                                : payoutAddress(request.payoutAddress()),
                        request.website() == null ? profile.website() : website(request.website())),
                Fields.ofNullable("state", request.state(), Wish.class)));
    }

    private static OperatorName name(String text) {
        try {
            return new OperatorName(text);
        } catch (IllegalArgumentException unsound) {
            throw new Refusal(ProblemCode.NAME_NOT_ALLOWED, String.valueOf(unsound.getMessage()));
        }
    }

    private static PayoutAddress payoutAddress(String text) {
        return field("payoutAddress", () -> new PayoutAddress(text));
    }

    private static @Nullable Website website(@Nullable String text) {
        return field("website", () -> Website.ofNullable(text));
    }

    private static <T extends @Nullable Object> T field(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException unsound) {
            throw Fields.invalid(name, String.valueOf(unsound.getMessage()));
        }
    }

    record RegistrationRequest(
            @Nullable String name,
            @Nullable String payoutAddress,
            @Nullable String website,
            @Nullable String invitation) {}

    record ProfileRequest(
            @Nullable String name,
            @Nullable String payoutAddress,
            @Nullable String website,
            @Nullable String state) {}

    record OperatorView(
            String operatorId,
            String name,
            String wallet,
            OperatorState state,
            @Nullable Delisting delistedFor,
            String payoutAddress,
            @Nullable String website,
            String countsAs,
            Instant createdAt) {

        static OperatorView of(Operator operator) {
            return new OperatorView(
                    operator.id().value(),
                    operator.name(),
                    operator.wallet().address(),
                    operator.state(),
                    operator.delistedFor(),
                    operator.payoutAddress(),
                    operator.website(),
                    operator.countsAs().value(),
                    operator.createdAt());
        }
    }
}

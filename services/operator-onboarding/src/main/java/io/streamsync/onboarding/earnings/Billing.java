package io.streamsync.onboarding.earnings;

import io.streamsync.onboarding.portal.Fields;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks billing for an operator's part of the books. What it refuses is refused here in the same words; when it
/// is away, that is said.
@Component
class Billing {

    /// Refusals that are about the request; any other is between the services.
    private static final Set<ProblemCode> PASSED_ON = EnumSet.of(
            ProblemCode.INVALID_REQUEST,
            ProblemCode.NOT_FOUND,
            ProblemCode.STATE_CONFLICT,
            ProblemCode.REQUEST_IN_PROGRESS,
            ProblemCode.IDEMPOTENCY_KEY_REUSED,
            ProblemCode.AMOUNT_INVALID,
            ProblemCode.BALANCE_TOO_LOW);

    /// What fits into a request's head. Billing's server refuses longer ones before billing can say why.
    private static final int LONGEST = 200;

    private final RestClient http;
    private final String url;
    private final JsonMapper json;

    Billing(
            EarningsProperties properties,
            @Value("${streamsync.service-token:none}") String serviceToken,
            JsonMapper json) {
        var requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(properties.connectTimeout());
        requests.setReadTimeout(properties.readTimeout());
        this.http = RestClient.builder()
                .requestFactory(requests)
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + serviceToken)
                .build();
        this.url = properties.billingUrl();
        this.json = json;
    }

    /// @param part of the operator's books
    /// @param query as the caller gave it: billing reads it
    JsonNode of(OperatorId operatorId, String part, Map<String, Optional<String>> query) {
        var uri = part(part);
        var values = new HashMap<String, Object>(Map.of("operatorId", operatorId.value()));
        query.forEach((name, given) -> given.ifPresent(value -> {
            if (value.length() > LONGEST) {
                throw Fields.invalid(name, "is longer than " + LONGEST + " characters");
            }
            uri.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }));
        var unread = new Refusal(
                ProblemCode.UNAVAILABLE,
                "The books cannot be read at the moment. Nothing that was earned is lost: try again soon.");
        return exchange(http.get().uri(uri.encode().buildAndExpand(values).toUri()), unread);
    }

    /// Asks for a payout.
    JsonNode payOut(OperatorId operatorId, Object wish) {
        var unknown = new Refusal(
                ProblemCode.UNAVAILABLE,
                "The books do not answer at the moment. Whether the payout was made shows in the list of payouts;"
                        + " with an Idempotency-Key the request can be repeated without being paid twice.");
        var request = http.post()
                .uri(part("payouts").encode().buildAndExpand(operatorId.value()).toUri())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.writeValueAsString(wish));
        return exchange(request, unknown);
    }

    private UriComponentsBuilder part(String part) {
        return UriComponentsBuilder.fromUriString(url).path("/internal/operators/{operatorId}/" + part);
    }

    /// @param away what to say when billing does not
    private JsonNode exchange(RestClient.RequestHeadersSpec<?> request, Refusal away) {
        if (url.isEmpty()) {
            throw away;
        }
        try {
            return request.exchange((_, response) -> answer(response, away));
        } catch (ResourceAccessException unreachable) {
            throw away;
        }
    }

    private JsonNode answer(ClientHttpResponse response, Refusal away) throws IOException {
        try {
            var body = json.readTree(response.getBody());
            if (response.getStatusCode().is2xxSuccessful() && body.isObject()) {
                return body;
            }
            throw refusal(response.getStatusCode().value(), body).orElse(away);
        } catch (JacksonException unreadable) {
            throw away;
        }
    }

    private static Optional<Refusal> refusal(int status, JsonNode problem) {
        return PASSED_ON.stream()
                .filter(code -> code.status().value() == status)
                .filter(code -> code.name().equals(problem.path("code").asString("")))
                .findFirst()
                .map(code -> refusal(code, problem));
    }

    private static Refusal refusal(ProblemCode code, JsonNode problem) {
        var refusal = new Refusal(code, problem.path("detail").asString(code.title()));
        for (var error : problem.path("errors")) {
            refusal.field(error.path("field").asString(""), error.path("detail").asString(""));
        }
        if (problem.path("available").isString()) {
            refusal.with("available", problem.path("available").asString());
        }
        return refusal;
    }
}

package io.streamsync.onboarding.earnings;

import io.streamsync.onboarding.portal.Fields;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
    private static final Map<HttpStatus, ProblemCode> PASSED_ON = Map.of(
            HttpStatus.BAD_REQUEST, ProblemCode.INVALID_REQUEST,
            HttpStatus.NOT_FOUND, ProblemCode.NOT_FOUND);

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
        if (url.isEmpty()) {
            throw away();
        }
        var uri = UriComponentsBuilder.fromUriString(url).path("/internal/operators/{operatorId}/" + part);
        var values = new HashMap<String, Object>(Map.of("operatorId", operatorId.value()));
        query.forEach((name, given) -> given.ifPresent(value -> {
            if (value.length() > LONGEST) {
                throw Fields.invalid(name, "is longer than " + LONGEST + " characters");
            }
            uri.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }));
        try {
            return http.get()
                    .uri(uri.encode().buildAndExpand(values).toUri())
                    .exchange((request, response) -> answer(response));
        } catch (ResourceAccessException unreachable) {
            throw away();
        }
    }

    private JsonNode answer(ClientHttpResponse response) throws IOException {
        try {
            var body = json.readTree(response.getBody());
            if (response.getStatusCode().is2xxSuccessful() && body.isObject()) {
                return body;
            }
            throw refusal(HttpStatus.resolve(response.getStatusCode().value()), body);
        } catch (JacksonException unreadable) {
            throw away();
        }
    }

    private static Refusal refusal(@Nullable HttpStatus status, JsonNode problem) {
        var code = status == null ? null : PASSED_ON.get(status);
        if (code == null) {
            return away();
        }
        var refusal = new Refusal(code, problem.path("detail").asString(code.title()));
        for (var error : problem.path("errors")) {
            refusal.field(error.path("field").asString(""), error.path("detail").asString(""));
        }
        return refusal;
    }

    private static Refusal away() {
        return new Refusal(
                ProblemCode.UNAVAILABLE,
                "The books cannot be read at the moment. Nothing that was earned is lost: try again soon.");
    }
}

package io.streamsync.router.publication;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What one router says of itself must not break what another is granted in the same answer.
class BillingEndpointTests {

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9080/internal", "/internal", "ftp://127.0.0.1/"})
    void tellsNobodyWhereNobodyCanBe(String place) {
        try (var endpoint =
                new BillingEndpoint(URI.create("http://127.0.0.1:1"), "Bearer t", JsonMapper.shared(), Runnable::run)) {
            assertThatCode(() -> endpoint.tell(URI.create(place), Map.of())).doesNotThrowAnyException();
        }
    }
}

package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.race.Crowd;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// A router that is full says so before anything breaks, and answers again when there is room.
class OverloadServiceTests extends StartedRouter {

    @Autowired
    private ApplicationContext router;

    @Test
    void shedsAQueryWhenItIsFull() {
        try (var _ = new Crowd(router)) {
            var refused = balance(RICH);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            var error = JSON.readTree(refused.body()).path("error");
            assertThat(error.path("code").asInt()).isEqualTo(-31004);
            assertThat(error.path("data").path("reason").asString()).isEqualTo("RATE_LIMITED");
            assertThat(error.path("data").path("cause").asString()).isEqualTo("OVERLOAD");
        }

        assertThat(balance(RICH).statusCode()).isEqualTo(200);
    }
}

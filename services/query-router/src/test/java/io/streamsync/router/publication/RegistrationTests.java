package io.streamsync.router.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.Registration.Unposted;
import io.streamsync.router.publication.ScriptedBilling.Answer;
import io.streamsync.router.publication.ScriptedBilling.Call;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RegistrationTests {

    private static final URI URL = URI.create("http://127.0.0.1:9080");

    @Test
    void learnsItsIncarnationAndWhatBillingLacks() {
        try (var billing = new ScriptedBilling(call -> new Answer(
                        201, "{\"incarnation\":3,\"unposted\":[{\"incarnation\":2,\"nextPosition\":17}],\"more\":1}"));
                var endpoint = billing.endpoint()) {
            var start = new Registration(endpoint, 9, URL, new RouterLog()).register();

            assertThat(start.incarnation()).isEqualTo(3);
            assertThat(start.unposted()).containsExactly(new Unposted(2, 17));
            assertThat(billing.calls())
                    .containsExactly(new Call(
                            "/internal/routers/9/incarnations", "{\"internalUrl\":\"http://127.0.0.1:9080\"}"));
        }
    }

    @Test
    void waitsForABillingThatIsNotUpYet() {
        var calls = new AtomicInteger();
        try (var billing = new ScriptedBilling(call -> calls.incrementAndGet() < 3
                        ? new Answer(503, "{}")
                        : new Answer(201, "{\"incarnation\":1,\"unposted\":[]}"));
                var endpoint = billing.endpoint()) {
            assertThat(new Registration(endpoint, 9, URL, new RouterLog())
                            .register()
                            .incarnation())
                    .isEqualTo(1);
        }
    }

    @Test
    void givesUpWhenBillingRefusesIt() {
        try (var billing = new ScriptedBilling(call -> new Answer(401, "{}"));
                var endpoint = billing.endpoint()) {
            var registration = new Registration(endpoint, 9, URL, new RouterLog());

            assertThatThrownBy(registration::register).hasMessageContaining("does not take this router");
        }
    }
}

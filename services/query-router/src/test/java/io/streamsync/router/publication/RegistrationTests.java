package io.streamsync.router.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.Registration.Unposted;
import io.streamsync.router.publication.ScriptedBilling.Answer;
import io.streamsync.router.publication.ScriptedBilling.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RegistrationTests {

    private static final URI URL = URI.create("http://127.0.0.1:9080");

    @Test
    void learnsItsIncarnationAndWhatBillingLacks() {
        try (var billing = new ScriptedBilling(call -> new Answer(
                        201, "{\"incarnation\":3,\"unposted\":[{\"incarnation\":2,\"nextPosition\":17}],\"more\":1}"));
                var endpoint = billing.endpoint()) {
            var start = new Registration(endpoint, 9, URL, List.of(1, 2), new RouterLog()).register();

            assertThat(start.incarnation()).isEqualTo(3);
            assertThat(start.unposted()).containsExactly(new Unposted(2, 17));
            assertThat(billing.calls())
                    .containsExactly(new Call(
                            "/internal/routers/9/incarnations",
                            "{\"internalUrl\":\"http://127.0.0.1:9080\",\"earlier\":[1,2]}"));
        }
    }

    @Test
    void waitsForABillingThatIsNotUpYet(CapturedOutput output) {
        var calls = new AtomicInteger();
        try (var billing = new ScriptedBilling(call -> calls.incrementAndGet() < 3
                        ? new Answer(503, "{}")
                        : new Answer(201, "{\"incarnation\":1,\"unposted\":[]}"));
                var endpoint = billing.endpoint()) {
            assertThat(new Registration(endpoint, 9, URL, List.of(), new RouterLog())
                            .register()
                            .incarnation())
                    .isEqualTo(1);
            assertThat(output.getOut().split("Billing does not answer yet", -1))
                    .as("told once")
                    .hasSize(2);
        }
    }

    @Test
    void waitsWhileBillingHearsAStartWhoseJournalItHasNot(CapturedOutput output) {
        var calls = new AtomicInteger();
        try (var billing = new ScriptedBilling(call -> calls.incrementAndGet() < 4
                        ? new Answer(409, "{\"code\":\"STATE_CONFLICT\",\"detail\":\"Start 4 of router 9 called\"}")
                        : new Answer(
                                201, "{\"incarnation\":5,\"unposted\":[{\"incarnation\":4,\"nextPosition\":17}]}"));
                var endpoint = billing.endpoint()) {
            assertThat(new Registration(endpoint, 9, URL, List.of(), new RouterLog())
                            .register()
                            .incarnation())
                    .isEqualTo(5);
            assertThat(output.getOut().split("Billing does not take this start", -1))
                    .as("told once")
                    .hasSize(2);
            assertThat(output.getOut()).contains("Start 4 of router 9 called");
        }
    }

    @Test
    void asksForNoStartWithTheJournalOfAnotherRouter(@TempDir Path directory) throws IOException {
        try (var journal = Journals.open(directory, 1)) {
            Journals.append(journal, "of router 7");
        }
        var properties = new PublicationProperties(9, URL, URL, Duration.ofSeconds(30), Duration.ofSeconds(5));
        try (var billing = new ScriptedBilling(call -> new Answer(201, "{\"incarnation\":2,\"unposted\":[]}"));
                var endpoint = billing.endpoint();
                var recovered = Journals.recover(directory)) {
            assertThatThrownBy(() -> new PublicationConfiguration()
                            .routerStart(recovered, endpoint, properties, new RouterLog()))
                    .hasMessageContaining("belongs to router 7");

            assertThat(billing.calls())
                    .as("a living router 9 would lose its place")
                    .isEmpty();
        }
    }

    @Test
    void asksNoMoreAndSaysWhyOnceItsStartsAreUsedUp(CapturedOutput output) {
        try (var billing = new ScriptedBilling(call -> new Answer(
                        400, "{\"code\":\"INVALID_REQUEST\",\"detail\":\"Router 9 has used up its 65535 starts.\"}"));
                var endpoint = billing.endpoint()) {
            var registration = new Registration(endpoint, 9, URL, List.of(), new RouterLog());

            assertThatThrownBy(registration::register).hasMessageContaining("does not take this router");

            assertThat(billing.calls()).hasSize(1);
            assertThat(output.getOut().lines())
                    .filteredOn(line -> line.contains("Router 9 has used up its 65535 starts."))
                    .singleElement()
                    .asString()
                    .contains("ERROR", "Billing never takes this start");
        }
    }

    @Test
    void givesUpWhenBillingRefusesIt() {
        try (var billing = new ScriptedBilling(call -> new Answer(401, "{}"));
                var endpoint = billing.endpoint()) {
            var registration = new Registration(endpoint, 9, URL, List.of(), new RouterLog());

            assertThatThrownBy(registration::register).hasMessageContaining("does not take this router");
        }
    }
}

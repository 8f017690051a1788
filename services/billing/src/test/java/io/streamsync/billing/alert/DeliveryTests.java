package io.streamsync.billing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.alert.Delivery.Status;
import io.streamsync.outbound.OutboundAnswer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTests {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /// The example of the specification's own libraries.
    @Test
    void signsAsStandardWebhooksDoes() {
        assertThat(WebhookSecret.sign(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(WebhookSecret.generate())
                .startsWith("whsec_")
                .hasSize(6 + 44)
                .isNotEqualTo(WebhookSecret.generate());
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "204, DELIVERED",
        "302, PENDING",
        "400, PENDING",
        "410, FAILED",
        "500, PENDING",
        "101, PENDING"
    })
    void isDeliveredByAnAnswerOfSuccessOnly(int status, Status expected) {
        var tried = tried(1).after(answered(status), NOW);

        assertThat(tried.status()).isEqualTo(expected);
        assertThat(tried.lastAnswer()).isEqualTo(Integer.toString(status));
    }

    @Test
    void isTriedLessAndLessOftenForADay() {
        var now = NOW;
        var tries = 0;
        var delivery = tried(0);
        while (delivery.status() == Status.PENDING) {
            delivery = tried(++tries).after(new OutboundAnswer.Unanswered("no answer within 10 s"), now);
            assertThat(delivery.nextTryAt()).isAfterOrEqualTo(now);
            now = delivery.nextTryAt();
        }

        assertThat(delivery.status()).isEqualTo(Status.FAILED);
        assertThat(delivery.lastAnswer()).isEqualTo("no answer within 10 s");
        assertThat(tries).isBetween(12, 25);
        assertThat(Duration.between(NOW, now)).isBetween(Duration.ofHours(21), Duration.ofHours(24));
        assertThat(Delivery.waitAfter(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Delivery.waitAfter(3)).isEqualTo(Duration.ofSeconds(80));
        assertThat(Delivery.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(2));
    }

    private static OutboundAnswer answered(int status) {
        return new OutboundAnswer.Answered(status, "", Duration.ZERO);
    }

    private static Delivery tried(int tries) {
        return new Delivery(
                "msg_1", new CustomerId("acc_1"), "balance.low", "{}", Status.PENDING, NOW, NOW, tries, null);
    }
}

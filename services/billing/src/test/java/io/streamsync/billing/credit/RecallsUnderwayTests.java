package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.account.CustomerId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecallsUnderwayTests {

    private final RecallsUnderway underway = new RecallsUnderway();

    @Test
    void areOfSixteenCustomersAtOnce() {
        IntStream.range(0, 16)
                .forEach(number -> assertThat(underway.enter(customer(number))).isTrue());

        assertThat(underway.enter(customer(16))).isFalse();

        underway.leave(customer(3));
        assertThat(underway.enter(customer(16))).isTrue();
        assertThat(underway.enter(customer(3))).isFalse();
    }

    @Test
    void areOfACustomerOnceAtATime() {
        assertThat(underway.enter(customer(1))).isTrue();
        assertThat(underway.enter(customer(1))).isFalse();
        assertThat(underway.enter(customer(2))).isTrue();

        underway.leave(customer(1));
        assertThat(underway.enter(customer(1))).isTrue();
    }

    private static CustomerId customer(int number) {
        return new CustomerId("customer-" + number);
    }
}

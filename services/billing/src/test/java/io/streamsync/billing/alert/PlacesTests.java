package io.streamsync.billing.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.account.CustomerId;
import org.junit.jupiter.api.Test;

class PlacesTests {

    private final Places places = new Places();

    @Test
    void leavesHalfOfThePlacesToThoseWhoAreQuick() {
        for (var number = 0; number < Places.OF_SLOW; number++) {
            assertThat(places.free(true)).isEqualTo(Places.OF_SLOW - number);
            places.take(customer(number), true);
        }

        assertThat(places.free(true)).isZero();
        assertThat(places.free(false)).isEqualTo(Places.ALL - Places.OF_SLOW);
        places.leave(customer(0));
        assertThat(places.free(true)).isEqualTo(1);
        assertThat(places.taken()).doesNotContain(customer(0)).contains(customer(1));
    }

    @Test
    void givesTheQuickAllThatIsFree() {
        places.take(customer(0), true);
        for (var number = 1; number < Places.ALL; number++) {
            places.take(customer(number), false);
        }

        assertThat(places.free(false)).isZero();
        assertThat(places.free(true)).isZero();
    }

    private static CustomerId customer(int number) {
        return new CustomerId("acc_" + number);
    }
}

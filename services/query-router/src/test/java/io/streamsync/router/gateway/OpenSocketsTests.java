package io.streamsync.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class OpenSocketsTests {

    private final OpenSockets sockets = new OpenSockets(100);

    @Test
    void leavesAsMuchRoomToOthersAsANetworkTakes() {
        assertThat(entered("10.0.0.1")).isEqualTo(50);
        assertThat(entered("10.0.0.2")).isEqualTo(25);
        assertThat(entered("10.0.0.3")).isPositive();
    }

    @Test
    void countsASubscribersNetworkAsOne() {
        assertThat(entered("2001:db8:1:2::1") + entered("2001:db8:1:2::2")).isEqualTo(50);
        assertThat(entered("2001:db8:1:3::1")).isPositive();
    }

    @Test
    void takesAgainWhatWasLeft() {
        entered("10.0.0.1");

        sockets.leave(address("10.0.0.1"));

        assertThat(entered("10.0.0.1")).isEqualTo(1);
        assertThat(sockets.count()).isEqualTo(50);
    }

    private int entered(String network) {
        var entered = 0;
        while (sockets.enter(address(network))) {
            entered++;
        }
        return entered;
    }

    private static InetSocketAddress address(String network) {
        return new InetSocketAddress(network, 1);
    }
}

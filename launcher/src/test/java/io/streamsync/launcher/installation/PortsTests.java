package io.streamsync.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTests {

    @Test
    void givesEveryoneAPortOfItsOwn() {
        var uses = new Ports(18_000, 8080).uses(Ports.MOST_ROUTERS);

        assertThat(uses).extracting(Ports.Use::port).doesNotHaveDuplicates();
    }

    @Test
    void putsFurtherRoutersAndTheirManagementIntoTheBlock() {
        var ports = new Ports(21_000, 8480);

        assertThat(ports.edge(0)).isEqualTo(8480);
        assertThat(ports.webSocket(0)).isEqualTo(8481);
        assertThat(ports.edge(1)).isEqualTo(21_020);
        assertThat(ports.edge(2)).isEqualTo(21_022);
        assertThat(ports.management(2)).isEqualTo(21_042);
    }

    @Test
    void leavesRoomForDevnetAboveTheMarket() {
        var ports = new Ports(21_000, 8480);

        assertThat(ports.sequencer()).isEqualTo(21_098);
        assertThat(ports.node(3)).isEqualTo(21_106);
        assertThat(ports.uses(Ports.MOST_ROUTERS)).extracting(Ports.Use::port).allMatch(port -> port < 21_098);
    }

    @ParameterizedTest
    @CsvSource({"18000, 18010", "18000, 17999", "18000, 0", "18000, 65535", "80, 8080", "65400, 8080"})
    void refusesPortsThatCannotWork(int base, int edge) {
        assertThatThrownBy(() -> new Ports(base, edge)).isInstanceOf(Obstacle.class);
    }
}

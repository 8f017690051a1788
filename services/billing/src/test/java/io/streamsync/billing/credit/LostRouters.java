package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.Market;
import io.streamsync.billing.stream.Routers;
import io.streamsync.billing.stream.StreamId;
import org.springframework.boot.test.context.TestComponent;

/// Takes routers for gone, without waiting for as long as it takes.
@TestComponent
public class LostRouters {

    private final Routers routers;
    private final LeaseClosing closing;

    LostRouters(Routers routers, LeaseClosing closing) {
        this.routers = routers;
        this.closing = closing;
    }

    /// Closes the stream that it writes, as it is posted now, and the leases in it.
    public void close(Market.Router router) {
        var stream = new StreamId(router.id, router.incarnation);
        var lost = routers.heard().stream()
                .filter(heard -> heard.stream().equals(stream))
                .findAny()
                .orElseThrow();
        assertThat(closing.close(lost)).isPresent();
    }
}

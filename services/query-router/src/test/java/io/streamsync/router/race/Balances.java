package io.streamsync.router.race;

import io.streamsync.router.node.NodeClient;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;

/// What a router must have got rid of once nothing is asked any more.
///
/// @param inFlight queries in the router
/// @param open races without their last record
/// @param heldBytes of long answers
public record Balances(int inFlight, int open, long heldBytes) {

    public static final Balances NOTHING = new Balances(0, 0, 0);

    public static Balances of(ApplicationContext router) {
        return watch(router).get();
    }

    /// Can be asked also when the router is closed.
    public static Supplier<Balances> watch(ApplicationContext router) {
        var shares = router.getBean(Shares.class);
        var open = router.getBean(OpenRaces.class);
        var nodes = router.getBean(NodeClient.class);
        return () -> new Balances(shares.inFlight(), open.count(), nodes.heldBytes());
    }
}

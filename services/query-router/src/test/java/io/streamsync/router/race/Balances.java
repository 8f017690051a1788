package io.streamsync.router.race;

import org.springframework.context.ApplicationContext;

/// What a router must have got rid of once nothing is asked any more.
///
/// @param inFlight queries in the router
/// @param open races without their last record
public record Balances(int inFlight, int open) {

    public static final Balances NOTHING = new Balances(0, 0);

    public static Balances of(ApplicationContext router) {
        return new Balances(
                router.getBean(Shares.class).inFlight(),
                router.getBean(OpenRaces.class).count());
    }
}

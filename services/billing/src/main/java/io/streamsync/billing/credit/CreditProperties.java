package io.streamsync.billing.credit;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param largestGrant what one request may get, USDC: so much is tied up when a router is lost
/// @param validity for so long a router may spend from a lease after it asked; half of it may pass without billing
/// @param closedAfter so long after a lost router's leases ran out what is left of them goes back to the customers:
///     longer than any record of the router can still be on its way
/// @param look how often routers are looked after
@ConfigurationProperties("streamsync.credit")
record CreditProperties(
        @DefaultValue("1000") String largestGrant,
        @DefaultValue("2m") Duration validity,
        @DefaultValue("15m") Duration closedAfter,
        @DefaultValue("5s") Duration look) {

    CreditProperties {
        if (validity.toMillis() < 1 || look.toMillis() < 1 || closedAfter.isNegative()) {
            throw new IllegalArgumentException("streamsync.credit.validity, look and closed-after are times that pass");
        }
    }

    long largestGrantNano() {
        return Amount.parse(Asset.USDC, largestGrant).nanoUnits();
    }

    /// For so long a router has to be silent before it counts as lost.
    Duration silence() {
        return validity.plus(closedAfter);
    }
}

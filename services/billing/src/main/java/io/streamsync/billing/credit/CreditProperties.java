package io.streamsync.billing.credit;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param largestGrant what one request may get, USDC: so much is tied up when a router is lost
@ConfigurationProperties("streamsync.credit")
record CreditProperties(@DefaultValue("1000") String largestGrant) {

    long largestGrantNano() {
        return Amount.parse(Asset.USDC, largestGrant).nanoUnits();
    }
}

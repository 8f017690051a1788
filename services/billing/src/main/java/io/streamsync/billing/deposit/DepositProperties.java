package io.streamsync.billing.deposit;

import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Bounds against typing errors and overflow; nobody's trade is limited by them.
///
/// @param largest one deposit, USDC
/// @param largestBalance what a customer may have afterwards, USDC; far below the 9.2 billion that a balance can hold
@ConfigurationProperties("streamsync.deposit")
record DepositProperties(
        @DefaultValue("1000000") String largest,
        @DefaultValue("1000000000") String largestBalance) {

    long largestNano() {
        return Amount.parse(Asset.USDC, largest).nanoUnits();
    }

    long largestBalanceNano() {
        return Amount.parse(Asset.USDC, largestBalance).nanoUnits();
    }
}

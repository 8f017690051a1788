package io.streamsync.billing.rail;

import io.streamsync.protocol.money.Amount;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// Free money goes nowhere: it only leaves the books. Exists only where the installation says so.
@Component
@ConditionalOnProperty(name = "streamsync.sandbox", havingValue = "true")
class SandboxTransferRail implements TransferRail {

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Standing transfer(String transferId, Amount amount, Destination destination) {
        return new Standing.Outcome.Paid("sandbox-" + transferId);
    }
}

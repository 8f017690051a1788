package io.streamsync.billing.deposit;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// Free money, to try the market. Exists only where the installation says so.
@Component
@ConditionalOnProperty(name = "streamsync.sandbox", havingValue = "true")
class SandboxRail implements DepositRail {

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Payment request(Deposit deposit) {
        return new Payment.Received("sandbox-" + deposit.id());
    }
}

package io.streamsync.billing.deposit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What admins must see of deposits.
@Component
class DepositLog {

    private static final Logger log = LoggerFactory.getLogger(DepositLog.class);

    /// Money has come in that the books do not know whose it is.
    void contradicted(Deposit deposit, String paymentId) {
        log.atError()
                .setMessage("a rail reports another payment for a deposit that is credited: look at this deposit")
                .addKeyValue("depositId", deposit.id())
                .addKeyValue("rail", deposit.rail())
                .addKeyValue("paymentId", paymentId)
                .log();
    }
}

package io.streamsync.billing.credit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Forgets which routers used a rate cap once that is long over.
@Component
class RateUsePruning {

    private static final Logger log = LoggerFactory.getLogger(RateUsePruning.class);

    private final RateUse rateUse;
    private final TransactionTemplate transactions;

    RateUsePruning(RateUse rateUse, TransactionTemplate transactions) {
        this.rateUse = rateUse;
        this.transactions = transactions;
    }

    @Scheduled(initialDelay = 600_000, fixedDelay = 3_600_000)
    void prune() {
        try {
            transactions.executeWithoutResult(_ -> rateUse.prune());
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("old uses of rate caps stay, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }
}

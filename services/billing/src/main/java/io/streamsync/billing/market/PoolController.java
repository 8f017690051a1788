package io.streamsync.billing.market;

import io.streamsync.billing.ledger.Ledger;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the market has taken in and belongs to nobody yet, for everybody to see.
@RestController
class PoolController {

    private final Ledger ledger;

    PoolController(Ledger ledger) {
        this.ledger = ledger;
    }

    /// One snapshot of the database: a share that moves from one pool to another is seen once.
    @GetMapping("/v1/pools")
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Pools pools() {
        return Pools.of(ledger);
    }
}

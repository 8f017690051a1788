package io.streamsync.billing.deposit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.money.Amount;

/// Money that a customer wants to bring in, or has.
record Deposit(String id, CustomerId customer, Amount amount, String rail, Status status) {

    enum Status {
        PENDING,
        CREDITED,
        FAILED
    }

    Deposit credited() {
        return new Deposit(id, customer, amount, rail, Status.CREDITED);
    }
}

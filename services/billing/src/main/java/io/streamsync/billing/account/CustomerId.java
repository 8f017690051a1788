package io.streamsync.billing.account;

/// The id of a customer: `accountId` in the public interfaces.
public record CustomerId(String value) implements Comparable<CustomerId> {

    @Override
    public int compareTo(CustomerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

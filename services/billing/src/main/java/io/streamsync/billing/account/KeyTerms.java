package io.streamsync.billing.account;

/// What the holder of an account allows one of its keys, and what the key's queries get that wish for nothing else.
record KeyTerms(String name, Scope scope, KeyLimits limits, KeyChoice choice) {

    static KeyTerms unlimited(String name, Scope scope) {
        return new KeyTerms(name, scope, KeyLimits.NONE, KeyChoice.NONE);
    }
}

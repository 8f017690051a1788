package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;

/// Credit of a customer that a router holds and has not spent.
///
/// @param holder the key that has a lease of its own, else the account
record HeldElsewhere(int routerId, CustomerId customer, String holder) {}

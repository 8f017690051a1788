/// Who may ask, and with what credit. In: keys by Kafka, leases by HTTP, both from billing.
/// Out: the account behind a key, and reservations of its credit, decided without leaving this process.
@NullMarked
package io.streamsync.router.access;

import org.jspecify.annotations.NullMarked;

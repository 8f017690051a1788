/// Answers kept for a day, so that a request that moves money can be repeated without moving it twice.
@NullMarked
package io.streamsync.billing.idempotency;

import org.jspecify.annotations.NullMarked;

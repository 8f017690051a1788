/// Race records in. In: frames of `streamsync.races`. Out: each record posted exactly once, in order, or an alert.
@NullMarked
package io.streamsync.billing.intake;

import org.jspecify.annotations.NullMarked;

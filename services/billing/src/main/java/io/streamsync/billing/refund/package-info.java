/// What customers got back, or were never charged, and why. In: refunds found while charging. Out: the list of them.
@NullMarked
package io.streamsync.billing.refund;

import org.jspecify.annotations.NullMarked;

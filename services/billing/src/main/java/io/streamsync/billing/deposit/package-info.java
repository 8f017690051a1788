/// Money in. In: deposit requests, payments that a rail reports. Out: credit, once per payment.
@NullMarked
package io.streamsync.billing.deposit;

import org.jspecify.annotations.NullMarked;

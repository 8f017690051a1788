/// Decides how much a router may spend for a customer without asking again. In: balances, routers' requests. Out:
/// leases.
@NullMarked
package io.streamsync.billing.credit;

import org.jspecify.annotations.NullMarked;

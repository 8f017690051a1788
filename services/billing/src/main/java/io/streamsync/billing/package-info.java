/// What queries cost and who earns it. In: deposits, race records, stakes. Out: credit for routers, booked charges and
/// refunds, and the reasons for each.
@NullMarked
package io.streamsync.billing;

import org.jspecify.annotations.NullMarked;

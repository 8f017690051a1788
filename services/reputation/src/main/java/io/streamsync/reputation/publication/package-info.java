/// Tells the market how good its nodes are. In: scores and listings. Out: events for routers, pages for everybody.
@NullMarked
package io.streamsync.reputation.publication;

import org.jspecify.annotations.NullMarked;

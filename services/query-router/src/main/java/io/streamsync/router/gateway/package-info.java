/// The edge. In: HTTP from customers, operators and the curious. Out: queries to the race, answers with their headers,
/// and everything else to the services behind.
@NullMarked
package io.streamsync.router.gateway;

import org.jspecify.annotations.NullMarked;

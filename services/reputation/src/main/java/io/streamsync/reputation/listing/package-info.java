/// Knows the nodes of the market. In: listings from operator-onboarding. Out: node, operator, state, stake.
@NullMarked
package io.streamsync.reputation.listing;

import org.jspecify.annotations.NullMarked;

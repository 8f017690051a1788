package io.streamsync.router.race;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.OperatorId;

/// A place as far as winning goes.
///
/// @param place a checker is delivered only when nobody who races can be, and what a shadow says never counts
/// @param countsAs the operator that seconds another only when it is another
/// @param deliverable whether its answer may be delivered: the ask is within the ceiling and what was reserved, and the
///     operator within the customer's lists, which do not bind the draw of checkers
record Contender(Place place, OperatorId countsAs, boolean deliverable) {

    boolean races() {
        return place.races();
    }

    boolean counts() {
        return place != Place.SHADOW;
    }
}

package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;

/// A node that was drawn for a place.
public record Placed(ListedNode node, Ask ask, Place place) {}

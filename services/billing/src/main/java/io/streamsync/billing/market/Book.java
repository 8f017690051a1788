package io.streamsync.billing.market;

import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.util.Objects;
import java.util.OptionalLong;

/// For what a class was sold: the asks of all listed nodes at one moment.
///
/// @param best the lowest ask, nano-USDC; none where nobody sells
/// @param median the class's median ask
/// @param capacity queries in flight that all of them take together
record Book(OptionalLong best, OptionalLong median, int asks, long capacity) {

    static Book of(MarketSnapshot snapshot, QueryClass queryClass, Parameters parameters) {
        var asks = snapshot.nodes().stream()
                .map(node -> node.offers().get(queryClass))
                .filter(Objects::nonNull)
                .map(Offer::ask)
                .toList();
        return new Book(
                asks.stream().mapToLong(Ask::priceNano).min(),
                Field.of(snapshot, parameters, queryClass, Terms.standard(parameters.racingPlaces()))
                        .medianAsk(),
                asks.size(),
                asks.stream().mapToLong(Ask::capacity).sum());
    }
}

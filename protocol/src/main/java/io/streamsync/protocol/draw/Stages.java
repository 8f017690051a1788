package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import java.util.ArrayList;
import java.util.List;

/// The places of a first draw by when they are asked: of `n+m` racing places the first n drawn are asked at once, with
/// all that check; the m others later, together, or never. A record names the places that were asked in this order.
///
/// @param later empty where the customer did not wish so, and for methods that do not race
public record Stages(List<Placed> first, List<Placed> later) {

    public Stages {
        first = List.copyOf(first);
        later = List.copyOf(later);
    }

    public static Stages of(Drawn drawn, SolanaMethod method, Terms terms) {
        if (terms.stagedRacers() == 0 || method.delivery() != Delivery.RACE) {
            return new Stages(drawn.places(), List.of());
        }
        var first = new ArrayList<Placed>();
        var later = new ArrayList<Placed>();
        var racing = 0;
        for (var placed : drawn.places()) {
            var isLater = placed.place().races() && racing++ >= terms.racers();
            (isLater ? later : first).add(placed);
        }
        return new Stages(first, later);
    }
}

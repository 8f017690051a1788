package io.streamsync.protocol.draw;

import java.util.List;

/// The outcome of a draw, in the order in which it was drawn.
///
/// @param places racing (and exploring) places first, then checking places, then the shadow if there is one
/// @param checked whether the race is checked at all
/// @param unvoted whether the customer's operator lists leave too little of the class's stake for votes to count
public record Drawn(List<Placed> places, List<Skipped> skipped, boolean checked, boolean unvoted) {

    public Drawn {
        places = List.copyOf(places);
        skipped = List.copyOf(skipped);
    }

    public List<Placed> racing() {
        return places.stream().filter(placed -> placed.place().races()).toList();
    }
}

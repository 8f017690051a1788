package io.streamsync.protocol.draw;

import java.util.List;
import java.util.Set;

/// The outcome of a draw, in the order in which it was drawn.
///
/// @param places racing (and exploring) places first, then checking places, then the shadow if there is one
/// @param checked whether the race is checked at all
/// @param unvoted whether the customer's operator lists leave too little of the class's stake for votes to
///     count
/// @param despite the reasons for which everybody who could race would have been skipped, so that some race
///     all the same
public record Drawn(
        List<Placed> places, List<Skipped> skipped, boolean checked, boolean unvoted, Set<SkipReason> despite) {

    public Drawn {
        places = List.copyOf(places);
        skipped = List.copyOf(skipped);
        despite = Set.copyOf(despite);
    }

    public Drawn(List<Placed> places, List<Skipped> skipped, boolean checked, boolean unvoted) {
        this(places, skipped, checked, unvoted, Set.of());
    }

    /// The same, for reasons that were passed over.
    public Drawn despite(Set<SkipReason> reasons) {
        return new Drawn(places, skipped, checked, unvoted, reasons);
    }

    public List<Placed> racing() {
        return places.stream().filter(placed -> placed.place().races()).toList();
    }
}

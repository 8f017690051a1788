package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Who may race and who may check in one class of one snapshot under one customer's terms. Immutable, so a router keeps
/// the fields of common terms as long as the snapshot lasts; building one is linear, drawing from it is not.
public final class Field {

    private final ClassMarket market;
    private final Entrants racers;
    private final Entrants checkers;
    private final Entrants explorers;
    private final Entrants flagged;
    private final List<Candidate> candidates;
    private final List<Ask> able;
    private final List<LeftOut> leftOut;
    private final boolean unvoted;

    private Field(
            ClassMarket market,
            Entrants racers,
            Entrants checkers,
            Entrants explorers,
            Entrants flagged,
            List<Ask> able,
            List<LeftOut> leftOut,
            boolean unvoted) {
        this.market = market;
        this.racers = racers;
        this.checkers = checkers;
        this.explorers = explorers;
        this.flagged = flagged;
        this.candidates = candidates(market, racers);
        this.able = able;
        this.leftOut = List.copyOf(leftOut);
        this.unvoted = unvoted;
    }

    public static Field of(MarketSnapshot snapshot, Parameters parameters, QueryClass queryClass, Terms terms) {
        var market = ClassMarket.of(snapshot, queryClass);
        var entry = new Admission(market, parameters, terms);
        var racers = new ArrayList<Seller>();
        var checkers = new ArrayList<Seller>();
        var explorers = new ArrayList<Seller>();
        var flagged = new ArrayList<Seller>();
        var leftOut = new ArrayList<LeftOut>();
        for (var seller : market.sellers()) {
            if (entry.checks(seller)) {
                checkers.add(seller);
            }
            if (entry.explores(seller)) {
                explorers.add(seller);
            }
            if (seller.operator().flagged()) {
                flagged.add(seller);
            }
            var reason = entry.reasonAgainst(seller);
            if (reason == null) {
                racers.add(seller);
            } else {
                leftOut.add(new LeftOut(seller.node().id(), seller.operator().id(), reason));
            }
        }
        var price = new PriceFactor(market.medianAsk().orElse(0), terms.prefer().gamma());
        return new Field(
                market,
                // the mean: more nodes must not raise an operator's share, nor one cheap node carry dear ones
                Entrants.of(
                        market,
                        racers,
                        seller ->
                                seller.offer().quality() * price.of(seller.ask().priceNano()),
                        (_, sum, nodes) -> sum / nodes),
                Entrants.of(market, checkers, _ -> 1, (group, _, _) -> market.stake(group)),
                Entrants.of(market, explorers, _ -> 1, (_, _, _) -> 1),
                Entrants.of(market, flagged, _ -> 1, (_, _, _) -> 1),
                checkers.stream().map(Seller::ask).toList(),
                leftOut,
                entry.isUnvoted(checkers));
    }

    /// Candidates for the racing places, in the order of their running sums.
    public List<Candidate> candidates() {
        return candidates;
    }

    /// Nodes of the class that may not race under these terms.
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /// The class's median ask in nano-USDC; empty where no operator sells the class.
    public OptionalLong medianAsk() {
        return market.medianAsk();
    }

    /// The lowest ask in the class among nodes that may race, whatever the customer's terms; for a refusal that helps.
    public OptionalLong cheapestAsk() {
        return able.stream().mapToLong(Ask::priceNano).min();
    }

    /// The lowest guaranteed latency in the class among nodes that may race, whatever the customer's terms.
    public OptionalInt fastestGuaranteeMs() {
        return able.stream().mapToInt(Ask::guaranteedLatencyMs).min();
    }

    /// The highest ask among the candidates: what a lease is sized by.
    public OptionalLong dearestAsk() {
        return candidates.stream()
                .mapToLong(candidate -> candidate.ask().priceNano())
                .max();
    }

    public boolean isEmpty() {
        return candidates.isEmpty();
    }

    Entrants racers() {
        return racers;
    }

    Entrants checkers() {
        return checkers;
    }

    Entrants explorers() {
        return explorers;
    }

    /// Whoever has an open outlier flag, whatever the state, the price and the terms.
    Entrants flagged() {
        return flagged;
    }

    boolean isUnvoted() {
        return unvoted;
    }

    private static List<Candidate> candidates(ClassMarket market, Entrants racers) {
        var candidates = new ArrayList<Candidate>(racers.nodeCount());
        for (var i = 0; i < racers.nodeCount(); i++) {
            var seller = racers.node(i);
            candidates.add(new Candidate(
                    seller.node(),
                    market.group(seller.group()),
                    seller.ask(),
                    racers.nodeWeight(i),
                    racers.probability(i)));
        }
        return List.copyOf(candidates);
    }
}

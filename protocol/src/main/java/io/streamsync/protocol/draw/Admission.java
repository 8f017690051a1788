package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.parameters.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which sellers may take which kind of place under one customer's terms (protocol, Who is asked, 1, 5 and 7).
final class Admission {

    private final ClassMarket market;
    private final Parameters parameters;
    private final Terms terms;
    private final Set<OperatorId> only;
    private final Set<OperatorId> exclude;
    private final long ceiling;

    Admission(ClassMarket market, Parameters parameters, Terms terms) {
        this.market = market;
        this.parameters = parameters;
        this.terms = terms;
        this.only = Set.copyOf(terms.only());
        this.exclude = Set.copyOf(terms.exclude());
        this.ceiling = terms.maxPriceNano().orElseGet(this::defaultCeiling);
    }

    /// @return null when the seller is a candidate for the racing places
    @Nullable
    LeftOutReason reasonAgainst(Seller seller) {
        if (!market.countsAsActive(seller)) {
            return LeftOutReason.PROBATION;
        }
        if (seller.ask().priceNano() > ceiling) {
            return LeftOutReason.PRICE;
        }
        if (!isFastEnough(seller)) {
            return LeftOutReason.LATENCY;
        }
        if (!isWanted(seller)) {
            return LeftOutReason.EXCLUDED;
        }
        if (!seller.isAccurate(parameters)) {
            return LeftOutReason.ACCURACY;
        }
        return seller.operator().flagged() ? LeftOutReason.FLAGGED : null;
    }

    /// Whatever the price and the terms: votes that follow price or the customer's choice can be bought.
    boolean checks(Seller seller) {
        return market.countsAsActive(seller) && isSound(seller);
    }

    /// On probation, at most at the median ask, and within the terms: the customer pays if it wins.
    boolean explores(Seller seller) {
        return !market.countsAsActive(seller)
                && seller.ask().priceNano()
                        <= Math.min(ceiling, market.medianAsk().orElse(0))
                && isFastEnough(seller)
                && isWanted(seller)
                && isSound(seller);
    }

    /// Whether the customer's lists leave less than two thirds of the stake of those who may vote.
    boolean isUnvoted(List<Seller> checkers) {
        if (only.isEmpty() && exclude.isEmpty()) {
            return false;
        }
        var wanted = new HashMap<Integer, Boolean>();
        for (var checker : checkers) {
            wanted.merge(checker.group(), isWanted(checker), Boolean::logicalOr);
        }
        var all = 0L;
        var left = 0L;
        for (var group : wanted.entrySet()) {
            all += market.stake(group.getKey());
            left += group.getValue() ? market.stake(group.getKey()) : 0;
        }
        return 3 * left < 2 * all;
    }

    private boolean isSound(Seller seller) {
        return seller.isAccurate(parameters) && !seller.operator().flagged();
    }

    private boolean isFastEnough(Seller seller) {
        return seller.ask().guaranteedLatencyMs() <= terms.maxLatencyMs().orElse(Integer.MAX_VALUE);
    }

    private boolean isWanted(Seller seller) {
        var id = seller.operator().id();
        return (only.isEmpty() || only.contains(id)) && !exclude.contains(id);
    }

    private long defaultCeiling() {
        var median = market.medianAsk().orElse(0);
        return median > Long.MAX_VALUE / parameters.defaultCeilingFactor()
                ? Long.MAX_VALUE
                : median * parameters.defaultCeilingFactor();
    }
}

package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.money.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/// What is sold in one class of a snapshot, whatever a customer's terms: sellers by operator group in the byte order of
/// the groups' ids, then by their own; each group's stake; the median ask.
final class ClassMarket {

    /// A market with fewer active operators than a race asks by default is young: nodes on probation are like active
    /// ones, and half of the operators check (protocol, Who is asked, 7).
    static final int FULL_RACE = 5;

    // Stakes weigh in thousandths of a STRM: the nano-units of a rich market would not fit 64 bits in sum.
    private static final long STAKE_UNIT = Amount.NANO / 1000;

    private final List<OperatorId> groups;
    private final long[] stakes;
    private final List<Seller> sellers;
    private final boolean young;
    private final OptionalLong medianAsk;

    private ClassMarket(List<OperatorId> groups, long[] stakes, List<Seller> sellers) {
        this.groups = groups;
        this.stakes = stakes;
        this.sellers = sellers;
        this.young = activeGroups() < FULL_RACE;
        this.medianAsk = median();
    }

    static ClassMarket of(MarketSnapshot snapshot, QueryClass queryClass) {
        var groups = snapshot.operators().stream()
                .map(operator -> operator.countsAs())
                .distinct()
                .sorted()
                .toList();
        var indexes = new HashMap<OperatorId, Integer>(2 * groups.size());
        for (var i = 0; i < groups.size(); i++) {
            indexes.put(groups.get(i), i);
        }
        var stakes = new long[groups.size()];
        for (var operator : snapshot.operators()) {
            stakes[Objects.requireNonNull(indexes.get(operator.countsAs()))] += operator.bondedStake() / STAKE_UNIT;
        }
        var sellers = new ArrayList<Seller>();
        for (var node : snapshot.nodes()) {
            var offer = node.offers().get(queryClass);
            if (offer != null) {
                var operator = snapshot.operator(node.operatorId());
                sellers.add(
                        new Seller(Objects.requireNonNull(indexes.get(operator.countsAs())), operator, node, offer));
            }
        }
        // stable: within a group the nodes stay in the order of the snapshot, which is that of their ids
        sellers.sort(Comparator.comparingInt(Seller::group));
        return new ClassMarket(groups, stakes, sellers);
    }

    List<Seller> sellers() {
        return sellers;
    }

    OperatorId group(int index) {
        return groups.get(index);
    }

    /// At least 1, so that everybody can be drawn.
    long stake(int group) {
        return Math.max(1, stakes[group]);
    }

    boolean isYoung() {
        return young;
    }

    /// Whether a seller is drawn like an active one.
    boolean countsAsActive(Seller seller) {
        return seller.isActive() || young;
    }

    OptionalLong medianAsk() {
        return medianAsk;
    }

    private int activeGroups() {
        var active = 0;
        var last = -1;
        for (var seller : sellers) {
            if (seller.isActive() && seller.group() != last) {
                active++;
                last = seller.group();
            }
        }
        return active;
    }

    // the lowest ask of each group by its stake: a thousand listed nodes at one nano must not move it
    private OptionalLong median() {
        var lowest = new long[groups.size()];
        for (var seller : sellers) {
            if (countsAsActive(seller)) {
                var known = lowest[seller.group()];
                var price = seller.ask().priceNano();
                lowest[seller.group()] = known == 0 ? price : Math.min(known, price);
            }
        }
        var asks = new ArrayList<GroupAsk>();
        for (var group = 0; group < lowest.length; group++) {
            if (lowest[group] > 0) {
                asks.add(new GroupAsk(lowest[group], stake(group)));
            }
        }
        return GroupAsk.median(asks);
    }

    /// The lowest ask of a group, and how much it weighs in the median.
    private record GroupAsk(long priceNano, long stake) {

        /// The lowest price at or below which half of the stake asks.
        static OptionalLong median(List<GroupAsk> asks) {
            asks.sort(Comparator.comparingLong(GroupAsk::priceNano));
            var total = asks.stream().mapToLong(GroupAsk::stake).sum();
            var below = 0L;
            for (var ask : asks) {
                below += ask.stake();
                if (below >= total - below) {
                    return OptionalLong.of(ask.priceNano());
                }
            }
            return OptionalLong.empty();
        }
    }
}

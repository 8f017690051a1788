package io.streamsync.router.pages;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.money.Amount;
import io.streamsync.router.market.MarketView;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `GET /v1/market`: what is sold, for how much, and how busy it is.
///
/// @param snapshot the name of the snapshot that this is taken from
public record MarketPage(String snapshot, List<ClassPage> classes) {

    private static final long MILLION = 1_000_000;

    public MarketPage {
        classes = List.copyOf(classes);
    }

    static MarketPage of(MarketView market, Terms standard, Activity activity) {
        return new MarketPage(
                market.hash(),
                Arrays.stream(QueryClass.values())
                        .map(queryClass -> page(queryClass, market, standard, activity))
                        .toList());
    }

    private static ClassPage page(QueryClass queryClass, MarketView market, Terms standard, Activity activity) {
        var sellers = market.snapshot().nodes().stream()
                .filter(node -> node.offers().containsKey(queryClass))
                .toList();
        var capacity = sellers.stream()
                .mapToLong(node -> offer(node, queryClass).ask().capacity())
                .sum();
        var inFlight = sellers.stream()
                .mapToLong(node -> market.upstream(node.id()).queriesInFlight(queryClass))
                .sum();
        return new ClassPage(
                queryClass.wireName(),
                sellers.size(),
                usdc(sellers.stream()
                        .mapToLong(node -> offer(node, queryClass).ask().priceNano())
                        .min()),
                usdc(market.field(queryClass, standard).field().medianAsk()),
                activity.charged(queryClass),
                capacity,
                capacity == 0 ? 0 : Math.min(MILLION, MILLION * inFlight / capacity) / (double) MILLION);
    }

    private static Offer offer(ListedNode node, QueryClass queryClass) {
        return Objects.requireNonNull(node.offers().get(queryClass));
    }

    private static @Nullable String usdc(OptionalLong nano) {
        return nano.isPresent() ? Amount.decimal(nano.getAsLong()) : null;
    }

    /// @param asks of nodes that can be drawn
    /// @param best the lowest ask in USDC; null where nobody sells the class
    /// @param median the stake-weighted median ask in USDC (protocol, Ask)
    /// @param volume24h USDC charged on all routers
    /// @param capacity queries in flight that the sellers offer together
    /// @param utilisation how much of it this router's queries take now, 0 to 1
    public record ClassPage(
            String queryClass,
            int asks,
            @Nullable String best,
            @Nullable String median,
            String volume24h,
            long capacity,
            double utilisation) {}
}

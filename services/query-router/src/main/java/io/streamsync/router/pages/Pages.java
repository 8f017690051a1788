package io.streamsync.router.pages;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.market.GenesisHash;
import io.streamsync.router.market.Market;

/// The public pages as they are now.
public final class Pages {

    private final Market market;
    private final GenesisHash genesis;
    private final Parameters parameters;
    private final NetworkProperties network;
    private final ActivityWatch activity;

    Pages(
            Market market,
            GenesisHash genesis,
            Parameters parameters,
            NetworkProperties network,
            ActivityWatch activity) {
        this.market = market;
        this.genesis = genesis;
        this.parameters = parameters;
        this.network = network;
        this.activity = activity;
    }

    public MarketPage market() {
        return MarketPage.of(market.current(), Terms.standard(parameters.racingPlaces()), activity.latest());
    }

    public NetworkPage network() {
        return NetworkPage.of(network, genesis.value(), parameters, market.current(), activity.latest());
    }
}

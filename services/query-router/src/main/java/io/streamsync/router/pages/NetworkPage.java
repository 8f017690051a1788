package io.streamsync.router.pages;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.market.Census;
import io.streamsync.router.market.MarketView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /v1/network`: the rules in force, who takes part, and how well it went.
///
/// @param genesisHash null until the first admitted node fixes it, where none is configured
/// @param sla races of the last 24 hours with a guarantee, and how many kept it, on all routers
/// @param refunds of the last 24 hours, on all routers
public record NetworkPage(
        String phase,
        @Nullable String genesisHash,
        Map<String, Object> parameters,
        String parametersVersion,
        Census.Operators operators,
        Census.Nodes nodes,
        Sla sla,
        long refunds,
        Concentration concentration,
        boolean sandbox) {

    static NetworkPage of(
            NetworkProperties network,
            @Nullable String genesisHash,
            Parameters parameters,
            MarketView market,
            Activity activity) {
        return new NetworkPage(
                network.phase(),
                genesisHash,
                parameters.published(),
                parameters.version(),
                market.census().operators(),
                market.census().nodes(),
                new Sla(activity.sla().asked(), activity.sla().met()),
                activity.refunds(),
                Concentration.of(market.snapshot(), activity.operators()),
                network.sandbox());
    }

    public record Sla(long asked, long met) {}
}

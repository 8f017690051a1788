package io.streamsync.router.gateway;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.market.Census;
import io.streamsync.router.market.Concentration;
import io.streamsync.router.market.Market;
import io.streamsync.router.race.SlaTally;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// `GET /v1/network`: the market as this router sees it, from memory.
final class NetworkEndpoint {

    private final NetworkProperties properties;
    private final Parameters parameters;
    private final Market market;
    private final SlaTally tally;

    NetworkEndpoint(NetworkProperties properties, Parameters parameters, Market market, SlaTally tally) {
        this.properties = properties;
        this.parameters = parameters;
        this.market = market;
        this.tally = tally;
    }

    Mono<ServerResponse> network(ServerRequest request) {
        return ServerResponse.ok().bodyValue(network());
    }

    private Network network() {
        var view = market.current();
        return new Network(
                properties.phase(),
                properties.genesisHash(),
                parameters.published(),
                parameters.version(),
                view.census().operators(),
                view.census().nodes(),
                new Network.Sla(tally.asked(), tally.met()),
                tally.refunds(),
                Concentration.ofStake(view.snapshot()),
                properties.sandbox());
    }

    /// @param sla races with a guarantee since this router's start, and how many kept it
    /// @param refunds of this router since its start
    /// @param concentration of bonded stake
    record Network(
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

        record Sla(long asked, long met) {}
    }
}

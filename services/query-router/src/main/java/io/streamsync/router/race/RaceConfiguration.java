package io.streamsync.router.race;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Keys;
import io.streamsync.router.epoch.EpochSecrets;
import io.streamsync.router.epoch.RaceSequence;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.Market;
import io.streamsync.router.node.NodeClient;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the pipeline together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RaceProperties.class)
class RaceConfiguration {

    /// Until answers are streamed, a bound for what one node can make the router hold.
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    @Bean
    NodeClient nodeClient(Parameters parameters, RouterLog log) {
        return new NodeClient(parameters.nodeTimeout(), LARGEST_ANSWER, log);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService comparisons() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("comparison").factory());
    }

    @Bean
    OpenRaces openRaces() {
        return new OpenRaces();
    }

    @Bean
    SlaTally slaTally() {
        return new SlaTally();
    }

    @Bean
    Drawing drawing(CreditLeases leases, Parameters parameters) {
        return new Drawing(leases, parameters);
    }

    @Bean
    Starter starter(
            Journal journal,
            EpochSecrets secrets,
            RaceSequence sequence,
            Drawing drawing,
            InstantSource clock,
            RouterLog log) {
        return new Starter(journal, secrets, sequence, drawing, clock, log);
    }

    @Bean
    RaceTrack raceTrack(
            NodeClient nodes,
            Journal journal,
            CreditLeases leases,
            Drawing drawing,
            Parameters parameters,
            InstantSource clock,
            RaceProperties properties,
            ExecutorService comparisons,
            OpenRaces open,
            SlaTally tally,
            RouterLog log) {
        var ids = RaceIds.of(properties.keyBytes());
        return new RaceTrack(
                nodes, journal, leases, drawing, parameters, clock, ids, new Salts(), comparisons, open, tally, log);
    }

    @Bean
    RacePipeline racePipeline(
            Keys keys,
            Market market,
            Parameters parameters,
            RaceProperties properties,
            Starter starter,
            RaceTrack track) {
        return new RacePipeline(
                keys,
                new Wishes(parameters.racingPlaces()),
                new RateCaps(),
                new Shares(properties.maxInFlight()),
                market,
                new CreditGate(track.leases()),
                starter,
                track);
    }

    @Bean
    RaceShutdown raceShutdown(Starter starter, OpenRaces open, RouterLog log) {
        return new RaceShutdown(starter, open, log);
    }
}

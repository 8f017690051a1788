package io.streamsync.router.race;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.access.Keys;
import io.streamsync.router.access.RateShares;
import io.streamsync.router.epoch.EpochSecrets;
import io.streamsync.router.epoch.RaceSequence;
import io.streamsync.router.flow.Flows;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.GenesisHash;
import io.streamsync.router.market.Market;
import io.streamsync.router.node.NodeClient;
import io.streamsync.router.submission.Submissions;
import io.streamsync.router.tip.Sessions;
import io.streamsync.router.tip.Tips;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the pipeline together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RaceProperties.class, AdmissionProperties.class, LargeAnswerProperties.class})
class RaceConfiguration {

    @Bean
    NodeClient nodeClient(Parameters parameters, LargeAnswerProperties properties, RouterLog log) {
        return new NodeClient(parameters.nodeTimeout(), NodeClient.LARGEST_HELD, properties.memoryBytes(), log);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService comparisons() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("comparison").factory());
    }

    @Bean
    Flows flows(Parameters parameters, LargeAnswerProperties properties, RouterLog log) {
        return Flows.of(parameters.largestAnswer(), parameters.nodeTimeout(), properties.verifiedWithin(), log);
    }

    @Bean
    FlowShutdown flowShutdown(Flows flows) {
        return new FlowShutdown(flows.deliveries());
    }

    @Bean
    OpenRaces openRaces() {
        return new OpenRaces();
    }

    @Bean
    RaceIds raceIds(RaceProperties properties) {
        return RaceIds.of(properties.keyBytes());
    }

    @Bean
    Payloads payloads(RaceProperties properties, RaceIds ids, Incarnation incarnation, InstantSource clock) {
        return new Payloads(Math.toIntExact(properties.payloads().toBytes()), ids, incarnation, clock);
    }

    @Bean
    Drawing drawing(CreditLeases leases, Tips tips, Parameters parameters) {
        return new Drawing(leases, tips, parameters);
    }

    @Bean
    Starter starter(
            Journal journal,
            EpochSecrets secrets,
            RaceSequence sequence,
            Drawing drawing,
            Tips tips,
            Sessions sessions,
            Parameters parameters,
            InstantSource clock,
            RouterLog log) {
        return new Starter(journal, secrets, sequence, drawing, tips, sessions, parameters.slotLag(), clock, log);
    }

    @Bean
    RaceTrack raceTrack(
            GenesisHash genesis,
            NodeClient nodes,
            Journal journal,
            CreditLeases leases,
            Drawing drawing,
            Parameters parameters,
            InstantSource clock,
            ExecutorService comparisons,
            Flows flows,
            OpenRaces open,
            Tips tips,
            RaceIds ids,
            Payloads payloads,
            RouterLog log) {
        return new RaceTrack(
                nodes,
                journal,
                leases,
                drawing,
                parameters,
                clock,
                ids,
                new Salts(),
                comparisons,
                flows,
                open,
                tips,
                new Sanity(genesis::value),
                payloads,
                new UsualLatencies(),
                log);
    }

    @Bean
    RacePipeline racePipeline(
            Keys keys,
            Market market,
            Parameters parameters,
            RateCaps caps,
            Shares shares,
            Submissions submissions,
            Starter starter,
            RaceTrack track) {
        return new RacePipeline(
                keys,
                new Wishes(parameters.racingPlaces()),
                caps,
                shares,
                market,
                new CreditGate(track.leases()),
                new Sending(submissions, track),
                starter,
                track);
    }

    @Bean
    RateCaps rateCaps(RateShares shares) {
        return new RateCaps(shares);
    }

    @Bean
    FirstCredit firstCredit(Keys keys, CreditLeases leases, Market market, Parameters parameters) {
        return new FirstCredit(keys, leases, market, parameters.racingPlaces());
    }

    @Bean
    Shares shares(RaceProperties properties) {
        return new Shares(properties.maxInFlight());
    }

    @Bean
    LoopWatch loopWatch(Shares shares, AdmissionProperties properties, RouterLog log) {
        return new LoopWatch(shares, new HeapRest(), properties, log);
    }

    @Bean
    Tidying tidying(
            Sessions sessions, RateCaps caps, Shares shares, Submissions submissions, NodeClient nodes, RouterLog log) {
        return new Tidying(
                List.of(
                        () -> sessions.tidy(Tips.millis()),
                        () -> caps.tidy(System.nanoTime()),
                        shares::tidy,
                        submissions::tidy,
                        nodes::tidy),
                log);
    }

    @Bean
    SubscriptionTerms subscriptionTerms(Parameters parameters) {
        return new SubscriptionTerms(new Wishes(parameters.racingPlaces()), parameters.racingPlaces());
    }

    @Bean
    RaceShutdown raceShutdown(Starter starter, OpenRaces open, RouterLog log) {
        return new RaceShutdown(starter, open, log);
    }
}

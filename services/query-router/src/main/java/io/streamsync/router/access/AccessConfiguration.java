package io.streamsync.router.access;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.feed.CompactedFeeds;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.BillingEndpoint;
import io.streamsync.router.publication.HighWaterMarks;
import io.streamsync.router.publication.ProcessEnd;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Keys by Kafka, credit by HTTP.
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    Keys keys(CompactedFeeds feeds, JsonMapper mapper, RouterLog log, Parameters parameters) {
        return new Keys(feeds, mapper, log, parameters.racingPlaces());
    }

    @Bean
    HealthIndicator keysHealthIndicator(Keys keys) {
        return () -> keys.ready() ? Health.up().build() : Health.down().build();
    }

    @Bean
    RateShares rateShares() {
        return new RateShares();
    }

    @Bean
    LeaseKeeper leaseKeeper(
            BillingEndpoint billing, Incarnation incarnation, HighWaterMarks marks, RateShares rates, RouterLog log) {
        return new LeaseKeeper(billing, incarnation, marks, rates, log, System::nanoTime);
    }

    @Bean
    CreditLeases creditLeases(LeaseKeeper keeper, Journal journal) {
        return new CreditLeases(keeper, new ClosedLeases(journal), System::nanoTime);
    }

    @Bean
    LeaseKeeping leaseKeeping(
            LeaseKeeper keeper,
            CreditLeases leases,
            RateShares rates,
            HighWaterMarks marks,
            Incarnation incarnation,
            ProcessEnd end) {
        return new LeaseKeeping(keeper, leases, rates, marks, incarnation, () -> end.begin("superseded"));
    }

    @Bean
    HealthIndicator leasesHealthIndicator(LeaseKeeping keeping) {
        return () -> keeping.isAlive() ? Health.up().build() : Health.down().build();
    }
}

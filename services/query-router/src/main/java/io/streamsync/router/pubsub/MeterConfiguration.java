package io.streamsync.router.pubsub;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.access.CreditLeases;
import io.streamsync.router.epoch.EpochSecrets;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the meter together.
@Configuration(proxyBeanMethods = false)
class MeterConfiguration {

    /// How often a subscription writes down what came (protocol, Subscriptions): what a crash may cost operators, and
    /// what subscriptions cost the journal.
    private static final Duration PERIOD = Duration.ofSeconds(1);

    @Bean
    Meter subscriptionMeter(
            CreditLeases leases,
            Journal journal,
            EpochSecrets epochs,
            Parameters parameters,
            InstantSource clock,
            RouterLog log) {
        return new JournaledMeter(
                new Purse(leases),
                new ChargeBook(journal, epochs::epochAt, parameters, clock, new Unguessable()),
                new Ticks(PERIOD.toNanos(), log));
    }
}

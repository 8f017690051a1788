package io.streamsync.billing;

import java.time.Clock;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// Billing: accounts and keys, credit for routers, the ledger that race records are booked in, refunds, explanations.
@SpringBootApplication
@ConfigurationPropertiesScan
class BillingApplication {

    static void main(String[] arguments) {
        SpringApplication.run(BillingApplication.class, arguments);
    }

    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }
}

package io.streamsync.outage;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/// Puts the filter before all logging of the service: Boot has no setting for one, and each start of Boot forgets those
/// of the start before.
@AutoConfiguration
class OutageAutoConfiguration {

    @Bean
    OutageFilter outageFilter() {
        var filter = new OutageFilter(new Outage(System::nanoTime));
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.addTurboFilter(filter);
        }
        return filter;
    }
}

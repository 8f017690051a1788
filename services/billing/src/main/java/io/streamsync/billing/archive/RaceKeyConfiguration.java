package io.streamsync.billing.archive;

import io.streamsync.protocol.record.RaceIds;
import java.util.HexFormat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Race ids under the installation's key.
@Configuration(proxyBeanMethods = false)
class RaceKeyConfiguration {

    @Bean
    RaceIds raceIds(RaceKeyProperties properties) {
        return RaceIds.of(HexFormat.of().parseHex(properties.raceKey()));
    }
}

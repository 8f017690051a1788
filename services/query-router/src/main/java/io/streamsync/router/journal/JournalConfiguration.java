package io.streamsync.router.journal;

import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Takes the journal's directory before anything else of the router does anything.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalProperties.class)
class JournalConfiguration {

    @Bean
    Recovery journalRecovery(JournalProperties properties) throws IOException {
        var disk = FileDisk.lock(properties.directory());
        try {
            return Recovery.of(disk, properties);
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }
}

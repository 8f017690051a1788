package io.streamsync.router.journal;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Takes the journal's directory before anything else of the router does anything.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalProperties.class)
class JournalConfiguration {

    @Bean
    Recovery journalRecovery(JournalProperties properties, RouterLog log) throws IOException {
        var disk = lock(properties.directory(), log);
        try {
            return Recovery.of(disk, properties, log);
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    private static FileDisk lock(Path directory, RouterLog log) throws IOException {
        try {
            return FileDisk.lock(directory);
        } catch (JournalLockedException e) {
            log.journalTaken(directory);
            throw e;
        }
    }
}

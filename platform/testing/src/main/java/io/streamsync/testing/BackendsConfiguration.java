package io.streamsync.testing;

import java.util.List;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// Import in a `@SpringBootTest`: a fresh database and the shared broker behind Boot's connection details.
@TestConfiguration(proxyBeanMethods = false)
public class BackendsConfiguration {

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails() {
        var database = Backends.newDatabase();
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return database.user();
            }

            @Override
            public String getPassword() {
                return database.password();
            }

            @Override
            public String getJdbcUrl() {
                return database.url();
            }
        };
    }

    @Bean
    KafkaConnectionDetails kafkaConnectionDetails() {
        return () -> List.of(Backends.kafka());
    }
}

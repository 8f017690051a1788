package io.streamsync.reputation;

import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts the reputation service.
@SpringBootApplication
@EnableScheduling
public class ReputationApplication {

    public static void main(String[] args) {
        SpringApplication.run(ReputationApplication.class, args);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}

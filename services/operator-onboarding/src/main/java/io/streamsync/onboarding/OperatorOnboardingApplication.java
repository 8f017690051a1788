package io.streamsync.onboarding;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts one instance; several may run side by side on one database.
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class OperatorOnboardingApplication {

    static void main(String[] args) {
        SpringApplication.run(OperatorOnboardingApplication.class, args);
    }
}

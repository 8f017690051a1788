package io.streamsync.onboarding.operator;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Tells the other modules the phase.
@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {

    @Bean
    AdmissionPhase admissionPhase(OperatorProperties properties) {
        return properties.phase();
    }
}

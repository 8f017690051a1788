package io.streamsync.problems;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// Problem details for every controller, and the guard of the internal endpoints.
@AutoConfiguration(before = WebMvcAutoConfiguration.class)
@EnableConfigurationProperties(ServiceCredentialProperties.class)
@Import(ProblemAdvice.class)
class ProblemsAutoConfiguration {

    @Bean
    ServiceCredentialFilter serviceCredentialFilter(ServiceCredentialProperties properties) {
        return new ServiceCredentialFilter(properties.serviceToken());
    }
}

package io.streamsync.onboarding;

import io.streamsync.testing.BackendsConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/// A test of the started service: real HTTP, PostgreSQL and Kafka, one context for all of them.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "streamsync.service-token=0123456789abcdef0123456789abcdef",
            "streamsync.identity.public-url=https://market.example:8443",
            "streamsync.operator.phase=maturity",
            "streamsync.stake.sandbox=true",
            "streamsync.outbound.allowed=127.0.0.0/8,::1/128",
            "streamsync.outbound.refused-ports=" + OnboardingTest.OWN_PORT,
            "streamsync.node.limit=5",
            "streamsync.earnings.read-timeout=3s",
        })
@Import({BackendsConfiguration.class, OnboardingTestConfiguration.class})
public @interface OnboardingTest {

    /// A port that the installation under test says is its own.
    int OWN_PORT = 18_001;
}

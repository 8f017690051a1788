package io.streamsync.reputation;

import io.streamsync.testing.BackendsConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// A test on the started service with real PostgreSQL and Kafka; all such tests share it.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "streamsync.service-token=0123456789abcdef0123456789abcdef",
            "streamsync.outbound.allowed=127.0.0.0/8,::1/128",
        })
@AutoConfigureRestTestClient
@Import({BackendsConfiguration.class, MarketConfiguration.class})
public @interface ReputationTest {}

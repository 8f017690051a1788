package io.streamsync.router;

import io.streamsync.testing.Backends;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/// A router beside the one that all tests share, for those that stop or overfill it.
final class FurtherRouter implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    FurtherRouter(int id, String... settings) throws IOException {
        this(id, OwnLoops.class, settings);
    }

    /// @param parts of it that are not as they would be; no `@Configuration`: a scan would give them to all
    FurtherRouter(int id, Class<?> parts, String... settings) throws IOException {
        var data = Files.createTempDirectory("router-" + id);
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--STREAMSYNC_ROUTER_ID=" + id,
                "--STREAMSYNC_RACE_KEY=" + StartedRouter.RACE_KEY,
                "--STREAMSYNC_DATA_DIR=" + data,
                "--STREAMSYNC_SERVICE_TOKEN=test-token",
                "--STREAMSYNC_BILLING_URL=" + StartedRouter.billing.url(),
                "--STREAMSYNC_ONBOARDING_URL=" + StartedRouter.onboarding.url(),
                "--STREAMSYNC_REPUTATION_URL=" + StartedRouter.nobodyListens(),
                "--MANAGEMENT_SERVER_PORT=0",
                "--spring.kafka.bootstrap-servers=" + Backends.kafka()));
        arguments.addAll(List.of(settings));
        context = new SpringApplicationBuilder(QueryRouterApplication.class, OwnLoops.class, parts)
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> health() == 200);
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    int health() {
        var port = context.getEnvironment().getRequiredProperty("local.management.port");
        var health = URI.create("http://127.0.0.1:" + port + "/actuator/health");
        return StartedRouter.send(HttpRequest.newBuilder(health)).statusCode();
    }

    @Override
    public void close() {
        context.close();
    }

    /// Those of the JVM would end with this router, and the other one with them. No `@Configuration`: a scan would give
    /// it to all.
    static final class OwnLoops {

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            var own = new ReactorResourceFactory();
            own.setUseGlobalResources(false);
            return own;
        }
    }
}

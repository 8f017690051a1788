package io.streamsync.benchmarks;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What one would use instead: a Spring Cloud Gateway with one route to one node, and nothing else.
@SpringBootApplication(scanBasePackageClasses = PlainGateway.Routes.class)
class PlainGateway {

    private PlainGateway() {}

    /// @param arguments port, URL of the node
    public static void main(String[] arguments) {
        var application = new SpringApplication(Routes.class);
        application.setDefaultProperties(Map.of(
                "server.port",
                arguments[0],
                "server.address",
                "127.0.0.1",
                "benchmark.node",
                arguments[1],
                "logging.level.root",
                "warn"));
        application.run();
    }

    @Configuration(proxyBeanMethods = false)
    @org.springframework.boot.autoconfigure.EnableAutoConfiguration
    static class Routes {

        @Bean
        RouteLocator route(RouteLocatorBuilder routes, Environment environment) {
            var node = environment.getRequiredProperty("benchmark.node");
            return routes.routes()
                    .route("node", route -> route.path("/**").uri(node))
                    .build();
        }
    }
}

package io.streamsync.router;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts one router: edge and race in one process, nothing shared with other routers.
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class QueryRouterApplication {

    static void main(String[] args) {
        SpringApplication.run(QueryRouterApplication.class, args);
    }
}

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

    /// The number of event loops decides more than anything else how much CPU a query costs. One core is left to the
    /// journal, Kafka's client, compilers and collector: loops that share it with them are put off in mid-race.
    private static final String EVENT_LOOPS = "reactor.netty.ioWorkerCount";

    static void main(String[] args) {
        if (System.getProperty(EVENT_LOOPS) == null) {
            System.setProperty(
                    EVENT_LOOPS,
                    Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() - 1)));
        }
        SpringApplication.run(QueryRouterApplication.class, args);
    }
}

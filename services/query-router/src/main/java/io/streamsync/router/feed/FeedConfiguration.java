package io.streamsync.router.feed;

import io.streamsync.router.log.RouterLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/// One opener of feeds for the whole router.
@Configuration(proxyBeanMethods = false)
class FeedConfiguration {

    @Bean
    CompactedFeeds compactedFeeds(ConsumerFactory<?, ?> consumers, RouterLog log) {
        return new CompactedFeeds(consumers, log);
    }
}

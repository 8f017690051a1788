package io.streamsync.billing.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// How old races are when they are posted, frame by frame: from the question of the first race that a frame answers.
@Component
class PostingAge {

    private final Timer ages;
    private final InstantSource clock;

    PostingAge(MeterRegistry registry, InstantSource clock) {
        ages = Timer.builder("streamsync.intake.age")
                .description("from a race's question to the commit of its charge")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.clock = clock;
    }

    /// After the commit.
    void posted(Window window) {
        var now = clock.millis();
        window.first().forEach(asked -> ages.record(Duration.ofMillis(Math.max(0, now - asked))));
    }
}

package io.streamsync.launcher.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// When the person pressed enter: before the script looked for a JDK and built what was missing.
record StartTime(Instant instant, Clock clock) {

    static StartTime of(Map<String, String> environment) {
        var clock = Clock.systemUTC();
        var seconds = environment.getOrDefault("STREAMSYNC_STARTED_AT", "");
        return new StartTime(
                seconds.matches("\\d{1,12}") ? Instant.ofEpochSecond(Long.parseLong(seconds)) : clock.instant(), clock);
    }

    double secondsAgo() {
        return Duration.between(instant, clock.instant()).toMillis() / 1000.0;
    }
}

package io.streamsync.billing.paging;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.springframework.format.Formatter;
import org.springframework.stereotype.Component;

/// Reads the times of requests: RFC 3339, and no bare number, which Spring takes for milliseconds.
@Component
class TimeFormat implements Formatter<Instant> {

    @Override
    public Instant parse(String text, Locale locale) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @Override
    public String print(Instant time, Locale locale) {
        return time.toString();
    }
}

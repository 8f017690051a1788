package io.streamsync.billing.settlement;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/// The SQL statements that the thread runs from now on until they are counted.
final class Statements {

    private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final String thread = Thread.currentThread().getName();

    Statements() {
        events.start();
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        logger.addAppender(events);
    }

    long count() {
        logger.detachAppender(events);
        logger.setLevel(null);
        logger.setAdditive(true);
        events.stop();
        return events.list.stream()
                .filter(event -> event.getThreadName().equals(thread))
                .filter(event -> event.getMessage().startsWith("Executing prepared SQL statement"))
                .count();
    }
}

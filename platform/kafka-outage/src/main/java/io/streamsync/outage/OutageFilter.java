package io.streamsync.outage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/// Says once that Kafka is away, again each minute, and once that it is back. Each client of a service says so several
/// times a second, in up to four lines; whatever else it says passes.
final class OutageFilter extends TurboFilter {

    private final Outage outage;

    OutageFilter(Outage outage) {
        this.outage = outage;
    }

    /// @param message with the client's name before it; null when a logger is asked whether a level is on
    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        if (!level.isGreaterOrEqual(Level.INFO)) {
            return FilterReply.NEUTRAL; // most of what is asked, and nothing of Kafka's
        }
        if (message == null) {
            return tellsOfTheEnd(logger, level) ? FilterReply.ACCEPT : FilterReply.NEUTRAL;
        }
        return switch (Saying.of(logger.getName(), message, cause)) {
            case UNREACHABLE -> {
                outage.unreachable(cause == null ? message : message + ": " + cause)
                        .ifPresent(own(logger)::warn);
                yield FilterReply.DENY;
            }
            case SEQUEL -> outage.lasts() ? FilterReply.DENY : FilterReply.NEUTRAL;
            case REACHED -> {
                outage.reached(message).ifPresent(own(logger)::info);
                yield FilterReply.NEUTRAL;
            }
            case OTHER -> FilterReply.NEUTRAL;
        };
    }

    /// That Kafka is back is said at INFO, which may be off for its clients: to get to know it we ask for it.
    private boolean tellsOfTheEnd(Logger logger, Level level) {
        return level == Level.INFO && logger.getName().equals(Saying.METADATA) && outage.lasts();
    }

    private static Logger own(Logger logger) {
        return logger.getLoggerContext().getLogger(OutageFilter.class);
    }
}

package io.streamsync.billing.archive;

import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Drops what lies behind the horizon, a day at a time. What is dropped is sealed: statements, usage and the books have
/// their own rows, and headers stay.
@Component
public class Horizon {

    private final JdbcClient jdbc;
    private final DailyPartitions partitions;
    private final ArchiveProperties properties;

    Horizon(JdbcClient jdbc, DailyPartitions partitions, ArchiveProperties properties) {
        this.jdbc = jdbc;
        this.partitions = partitions;
        this.properties = properties;
    }

    /// What is older than this may be forgotten.
    public Instant at(Instant now) {
        return now.minus(properties.horizon());
    }

    /// @param sealed tells of a table of frames whether everything in it is sealed
    public void dropBehind(Instant now, Sealed sealed) {
        var kept = LocalDate.ofInstant(at(now), ZoneOffset.UTC);
        for (var day : partitions.days("archive_frame")) {
            if (day.isBefore(kept) && sealed.isSealed(DailyPartitions.name("archive_frame", day))) {
                partitions.drop("archive_frame", day);
            }
        }
        var earliest = postedSince(now);
        for (var table : new String[] {"archive_race", "archive_verdict"}) {
            for (var day : partitions.days(table)) {
                if (day.isBefore(kept) && isBefore(DailyPartitions.name(table, day), earliest)) {
                    partitions.drop(table, day);
                }
            }
        }
    }

    /// The earliest day on which records that are kept may have been posted.
    public LocalDate postedSince(Instant now) {
        return partitions.days("archive_frame").stream()
                .findFirst()
                .orElseGet(() -> LocalDate.ofInstant(at(now), ZoneOffset.UTC));
    }

    /// Since when races that are kept may have been asked, by their routers' clocks, and what they were drawn from
    /// have been named: an epoch has a day at most.
    public Instant racesSince(Instant now) {
        return Stream.of("archive_frame", "archive_race")
                .flatMap(table -> partitions.days(table).stream().limit(1))
                .reduce(LocalDate.ofInstant(at(now), ZoneOffset.UTC), (one, other) -> one.isBefore(other) ? one : other)
                .atStartOfDay(ZoneOffset.UTC)
                .minusDays(1)
                .toInstant();
    }

    /// Whether the table leads to no frame that is still kept: its days are those of the records' own clocks.
    private boolean isBefore(String table, LocalDate earliest) {
        return jdbc.sql("select not exists (select from " + table + " where posted_on >= ?)")
                .param(Date.valueOf(earliest))
                .query(Boolean.class)
                .single();
    }

    /// Tells what of the archive is sealed.
    public interface Sealed {

        boolean isSealed(String tableOfFrames);
    }
}

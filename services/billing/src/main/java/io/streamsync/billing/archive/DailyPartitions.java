package io.streamsync.billing.archive;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Creates the archive's partitions for the UTC days that records turn out to be of: a router's clock may be wrong.
@Component
public class DailyPartitions {

    /// The lock's key: the bytes of "archive" in ASCII. Two instances must not create the same table at once.
    private static final long LOCK = 0x61726368697665L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    DailyPartitions(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// The days that a table has partitions of, earliest first.
    List<LocalDate> days(String table) {
        return jdbc.sql("""
                select right(c.relname, 8) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass order by 1""").param(table).query(String.class).list().stream()
                .map(day -> LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE))
                .toList();
    }

    /// Drops a table of a day, for good. Gives up where posting holds it up, rather than holding up posting.
    void drop(String table, LocalDate day) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("select 1 from pg_advisory_xact_lock(?)")
                    .param(LOCK)
                    .query(Integer.class)
                    .single();
            jdbc.sql("set local lock_timeout = '1s'").update();
            jdbc.sql("drop table if exists " + name(table, day)).update();
        });
        known.remove(day);
    }

    static String name(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    /// To be called before the transaction that writes: creating a table locks its parent. Returns when they exist for
    /// good: one whose creation was rolled back must not be taken for known.
    public void ensure(Collection<LocalDate> days) {
        var missing = new TreeSet<>(days);
        var newest = missing.last();
        missing.removeAll(known);
        if (!missing.isEmpty()) {
            transaction.executeWithoutResult(_ -> create(missing));
            missing.removeIf(day -> day.isBefore(newest.minusDays(2))); // these may be dropped by another instance
            known.addAll(missing);
        }
    }

    private void create(Collection<LocalDate> missing) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Integer.class)
                .single();
        missing.forEach(this::create);
    }

    private void create(LocalDate day) {
        create("archive_frame", day, day.toString(), day.plusDays(1).toString());
        for (var table : new String[] {"archive_race", "archive_verdict"}) {
            create(table, day, day + " 00:00:00+00", day.plusDays(1) + " 00:00:00+00");
        }
    }

    private void create(String table, LocalDate day, String from, String to) {
        jdbc.sql("create table if not exists %s partition of %s for values from ('%s') to ('%s')"
                        .formatted(name(table, day), table, from, to))
                .update();
    }
}

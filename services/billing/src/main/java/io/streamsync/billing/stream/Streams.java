package io.streamsync.billing.stream;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The streams of all routers. Moving a stream on succeeds only from where it stands: that one row says what was
/// posted, drops what comes twice, and keeps a consumer out that lost its partition without noticing.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Streams {

    private static final String STREAM =
            "select router, incarnation, next_position, window_from, unverified, ended_at is not null ended from stream ";

    private final JdbcClient jdbc;

    Streams(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The stream's state; a stream never heard of starts at position 0.
    public StreamState read(StreamId id) {
        return find(id).orElseGet(() -> {
            open(id);
            return find(id).orElseThrow();
        });
    }

    /// The stream's state, held until the commit: nothing of it is posted meanwhile.
    public StreamState lock(StreamId id) {
        return jdbc.sql(STREAM + "where router = ? and incarnation = ? for no key update")
                .params(id.router(), id.incarnation())
                .query(Streams::state)
                .single();
    }

    /// Streams that were given up while shares of theirs waited for verdicts.
    public List<StreamId> givenUpUnverified() {
        return jdbc
                .sql(STREAM + "where closed_at is not null and ended_at is null and unverified > 0")
                .query(Streams::state)
                .list()
                .stream()
                .map(StreamState::id)
                .toList();
    }

    /// Moves the stream on, and holds it until the commit.
    ///
    /// @param read how far it was when it was read
    /// @return the stream as it stood before, with what others than posting have changed meanwhile: its window,
    ///     shares that lapsed. Empty when somebody else has moved it on
    public Optional<StreamState> advance(StreamState read, long to) {
        return jdbc.sql("""
                update stream set next_position = ? where router = ? and incarnation = ? and next_position = ?
                returning window_from, unverified, ended_at is not null as ended""")
                .params(to, read.id().router(), read.id().incarnation(), read.nextPosition())
                .query((row, number) -> new StreamState(
                        read.id(),
                        read.nextPosition(),
                        row.getLong("window_from"),
                        row.getLong("unverified"),
                        row.getBoolean("ended")))
                .optional();
    }

    /// Whether credit may still be given on the stream. If so it does not end before the commit; posting goes on.
    boolean keepOpen(StreamId id) {
        return jdbc.sql("""
                        select true from stream
                        where router = ? and incarnation = ? and ended_at is null and closed_at is null
                        for key share""")
                .params(id.router(), id.incarnation())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /// Waits until no credit is being given on the stream, and holds it so that none is: for its end, which closes the
    /// leases that there are.
    public void keepCreditOut(StreamId id) {
        jdbc.sql("select true from stream where router = ? and incarnation = ? for update")
                .params(id.router(), id.incarnation())
                .query(Boolean.class)
                .single();
    }

    /// Records what VERIFIED records still have to place, and whether the stream is over.
    public void settle(StreamId id, long unverified, boolean ended) {
        jdbc.sql("""
                update stream set unverified = ?, ended_at = case when ? then coalesce(ended_at, now()) end
                where router = ? and incarnation = ?""").params(unverified, ended, id.router(), id.incarnation()).update();
    }

    /// Streams of the router that it may still have records of, or whose end it may not have heard of.
    public List<StreamState> recent(int router) {
        return jdbc.sql(STREAM + """
                where router = ? and (ended_at is null or ended_at > now() - interval '1 hour')
                order by incarnation""").param(router).query(Streams::state).list();
    }

    /// Streams of the router that have not ended, without those that were given up unless it has their journal.
    List<StreamState> unfinished(int router, Set<Integer> journaled) {
        return jdbc.sql(STREAM + """
                where router = ? and ended_at is null and (closed_at is null or incarnation = any (?))
                order by incarnation""")
                .params(router, journaled.toArray(Integer[]::new))
                .query(Streams::state)
                .list();
    }

    /// Streams of which nothing can come any more since before that time.
    public List<StreamId> endedBefore(Instant time) {
        return jdbc
                .sql(STREAM + "where ended_at < ? order by router, incarnation")
                .param(Timestamp.from(time))
                .query(Streams::state)
                .list()
                .stream()
                .map(StreamState::id)
                .toList();
    }

    /// Gives the stream up, and holds it until the commit: its start gets no credit any more.
    ///
    /// @param nextPosition of the record that is posted next, as far as the caller knows
    /// @return false when more was posted since, or when it has ended or was given up before
    public boolean close(StreamId id, long nextPosition) {
        return jdbc.sql("""
                        update stream set closed_at = now()
                        where router = ? and incarnation = ? and next_position = ?
                            and ended_at is null and closed_at is null""").params(id.router(), id.incarnation(), nextPosition).update() == 1;
    }

    /// Whether the stream has ended, or was given up.
    boolean isOver(StreamId id) {
        return jdbc.sql("""
                        select exists (select from stream
                            where router = ? and incarnation = ? and (ended_at is not null or closed_at is not null))""")
                .params(id.router(), id.incarnation())
                .query(Boolean.class)
                .single();
    }

    /// Gives a stream up that never held credit. What comes of it is posted as ever.
    void giveUp(StreamId id) {
        jdbc.sql("""
                update stream set closed_at = now()
                where router = ? and incarnation = ? and ended_at is null and closed_at is null""").params(id.router(), id.incarnation()).update();
    }

    void open(StreamId id) {
        jdbc.sql("insert into stream (router, incarnation) values (?, ?) on conflict do nothing")
                .params(id.router(), id.incarnation())
                .update();
    }

    private Optional<StreamState> find(StreamId id) {
        return jdbc.sql(STREAM + "where router = ? and incarnation = ?")
                .params(id.router(), id.incarnation())
                .query(Streams::state)
                .optional();
    }

    private static StreamState state(ResultSet row, int number) throws SQLException {
        return new StreamState(
                new StreamId(row.getInt("router"), row.getInt("incarnation")),
                row.getLong("next_position"),
                row.getLong("window_from"),
                row.getLong("unverified"),
                row.getBoolean("ended"));
    }
}

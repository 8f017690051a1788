package io.streamsync.billing.stream;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The routers of the installation, and which of them are alive.
@Component
public class Routers {

    /// A router's calls speak for its latest start, and for those whose streams it still sends.
    private static final String TOLD_AT = """
            case when s.incarnation = r.incarnation or r.forwarding is null or s.incarnation = any (r.forwarding)
                then r.seen_at end""";

    /// Three times as long as a router is ever silent, and so long a supervisor can wait for one that lost its disk.
    private static final int HEARD_SECONDS = 15;

    private final JdbcClient jdbc;
    private final Streams streams;
    private final Progress progress;

    Routers(JdbcClient jdbc, Streams streams, Progress progress) {
        this.jdbc = jdbc;
        this.streams = streams;
        this.progress = progress;
    }

    /// A router has started: from now on only this start may ask for credit. No stream has its number, not even one
    /// known from its records alone: what the new start writes would count as posted.
    ///
    /// @param internalUrl where the router answers this service
    /// @param earlier the starts that its journal holds records of
    /// @throws Refusal while the latest start may be alive: there must not be two. For good when the router has
    ///     used up its starts, which is no conflict: nothing that happens here changes it
    @Transactional
    public StreamId started(int router, @Nullable String internalUrl, Set<Integer> earlier) {
        latest(router).ifPresent(latest -> takePlaceOf(latest, earlier));
        var incarnation = jdbc.sql("""
                insert into stream_router as r (router, incarnation, internal_url)
                select :router, coalesce(max(incarnation), 0) + 1, :url from stream where router = :router
                having coalesce(max(incarnation), 0) < 65535
                on conflict (router) do update
                    set incarnation = greatest(r.incarnation + 1, excluded.incarnation), seen_at = now(),
                        called = false, internal_url = excluded.internal_url, forwarding = null
                    where greatest(r.incarnation + 1, excluded.incarnation) <= 65535
                returning incarnation""")
                .param("router", router)
                .param("url", internalUrl)
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> usedUp(router));
        var id = new StreamId(router, incarnation);
        streams.open(id);
        progress.note(id, 0, 0);
        return id;
    }

    private static Refusal usedUp(int router) {
        return new Refusal(
                        ProblemCode.INVALID_REQUEST,
                        "Router " + router + " has used up its 65535 starts. Give it another id (STREAMSYNC_ROUTER_ID)"
                                + " and an empty directory (STREAMSYNC_DATA_DIR).")
                .field("routerId", "one that is not used up");
    }

    /// Holds the router's row until the commit. A clock that was set back must keep nobody out for long: a last call
    /// that lies ahead is as long ago.
    private Optional<LatestStart> latest(int router) {
        return jdbc.sql("""
                select incarnation, called, abs(extract(epoch from now() - seen_at)) < ? as heard
                from stream_router where router = ? for update""")
                .params(HEARD_SECONDS, router)
                .query((row, number) -> {
                    var id = new StreamId(router, row.getInt("incarnation"));
                    return new LatestStart(id, row.getBoolean("called"), row.getBoolean("heard"), streams.isOver(id));
                })
                .optional();
    }

    /// A start that never called has no credit that anybody could miss: nobody waits for it.
    private void takePlaceOf(LatestStart latest, Set<Integer> earlier) {
        var id = latest.id();
        if (latest.goesBefore(earlier)) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "Start " + id.incarnation() + " of router " + id.router() + " called less than " + HEARD_SECONDS
                            + " s ago, and the journal of this one does not hold it. Does another process run under"
                            + " this router's id? Then stop one of them, or give it another id (STREAMSYNC_ROUTER_ID)."
                            + " If it has died, and its journal is lost, this start is taken when " + HEARD_SECONDS
                            + " s have passed.");
        }
        if (!latest.called()) {
            streams.giveUp(id);
        }
    }

    /// Notes that a router lives. Holds its row until the commit, so that one router's calls follow one another, and
    /// keeps its stream from ending meanwhile.
    ///
    /// @throws Refusal when a later start of the router is known: there must not be two. Also when the stream of
    ///     this one has ended, or was given up as lost
    @Transactional(propagation = Propagation.MANDATORY)
    public void seen(StreamId id) {
        var latest = jdbc.sql(
                        "update stream_router set seen_at = now(), called = true where router = ? and incarnation = ?")
                .params(id.router(), id.incarnation())
                .update();
        // asked for when the row is held: what whoever held it before has done is seen then
        if (latest == 0 || !streams.keepOpen(id)) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "Incarnation " + id.incarnation() + " is not the latest start of router " + id.router()
                            + ", has ended, or was given up as lost.");
        }
    }

    /// Notes which of its earlier starts' streams a router still sends.
    @Transactional(propagation = Propagation.MANDATORY)
    public void sends(int router, Set<Integer> incarnations) {
        jdbc.sql(
                        "update stream_router set forwarding = :sent where router = :router and forwarding is distinct from :sent")
                .param("router", router)
                .param("sent", incarnations.stream().sorted().toArray(Integer[]::new))
                .update();
    }

    /// The streams that have neither ended nor been closed.
    public List<Heard> heard() {
        return jdbc.sql("select s.router, s.incarnation, s.next_position, " + TOLD_AT + """
                 as told_at from stream s join stream_router r using (router)
                where s.ended_at is null and s.closed_at is null
                order by s.router, s.incarnation""")
                .query((row, number) -> new Heard(
                        new StreamId(row.getInt("router"), row.getInt("incarnation")),
                        instant(row.getTimestamp("told_at")),
                        row.getLong("next_position")))
                .list();
    }

    /// Holds the row of the stream's router until the commit, unless it spoke of the stream again.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lockSilent(Heard heard) {
        var toldAt = heard.toldAt();
        return jdbc.sql("""
                        select true from stream_router r join stream s using (router)
                        where s.router = ? and s.incarnation = ?
                            and cast(? as timestamptz) is not distinct from\s""" + TOLD_AT + " for update of r")
                .param(heard.stream().router())
                .param(heard.stream().incarnation())
                .param(toldAt == null ? null : Timestamp.from(toldAt))
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /// Where a router answers this service; empty where it never said.
    public Optional<URI> internalUrl(int router) {
        return jdbc.sql("select internal_url from stream_router where router = ? and internal_url is not null")
                .param(router)
                .query(String.class)
                .optional()
                .map(URI::create);
    }

    /// The routers that called within the last minute.
    public List<LiveRouter> live() {
        return jdbc.sql("""
                select router, internal_url from stream_router
                where seen_at > now() - interval '60 seconds' order by router""")
                .query((row, number) -> new LiveRouter(row.getInt("router"), row.getString("internal_url")))
                .list();
    }
}

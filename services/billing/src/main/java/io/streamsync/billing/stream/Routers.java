package io.streamsync.billing.stream;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The routers of the installation, and which of them are alive.
@Component
public class Routers {

    private final JdbcClient jdbc;
    private final Streams streams;

    Routers(JdbcClient jdbc, Streams streams) {
        this.jdbc = jdbc;
        this.streams = streams;
    }

    /// A router has started: from now on only this start may ask for credit. No stream has its number, not even one
    /// known from its records alone: what the new start writes would count as posted.
    ///
    /// @param internalUrl where the router answers this service
    @Transactional
    public StreamId started(int router, @Nullable String internalUrl) {
        var incarnation = jdbc.sql("""
                insert into stream_router as r (router, incarnation, internal_url)
                select :router, coalesce(max(incarnation), 0) + 1, :url from stream where router = :router
                having coalesce(max(incarnation), 0) < 65535
                on conflict (router) do update
                    set incarnation = greatest(r.incarnation + 1, excluded.incarnation), seen_at = now(),
                        internal_url = excluded.internal_url
                    where greatest(r.incarnation + 1, excluded.incarnation) <= 65535
                returning incarnation""")
                .param("router", router)
                .param("url", internalUrl)
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new Refusal(
                        ProblemCode.STATE_CONFLICT,
                        "Router " + router + " has used up its 65535 starts: give it another id."));
        var id = new StreamId(router, incarnation);
        streams.open(id);
        return id;
    }

    /// Notes that a router lives. Holds its row until the commit, so that one router's calls follow one another.
    ///
    /// @throws Refusal when a later start of the router is known: there must not be two
    @Transactional(propagation = Propagation.MANDATORY)
    public void seen(StreamId id) {
        var latest = jdbc.sql("update stream_router set seen_at = now() where router = ? and incarnation = ?")
                .params(id.router(), id.incarnation())
                .update();
        if (latest == 0) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "Incarnation " + id.incarnation() + " is not the latest start of router " + id.router() + ".");
        }
    }

    /// Where a router answers this service; empty where it never said.
    public Optional<URI> internalUrl(int router) {
        return jdbc.sql("select internal_url from stream_router where router = ? and internal_url is not null")
                .param(router)
                .query(String.class)
                .optional()
                .map(URI::create);
    }

    /// How many routers called within the last minute.
    public int live() {
        return jdbc.sql("select count(*) from stream_router where seen_at > now() - interval '60 seconds'")
                .query(Integer.class)
                .single();
    }
}

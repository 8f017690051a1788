package io.streamsync.billing.stream;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Where a router reports its start.
@RestController
class RouterController {

    private final Routers routers;
    private final Streams streams;

    RouterController(Routers routers, Streams streams) {
        this.routers = routers;
        this.streams = streams;
    }

    @PostMapping("/internal/routers/{routerId}/incarnations")
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    public Start start(@PathVariable int routerId, @RequestBody(required = false) @Nullable StartReport report) {
        if (routerId < 1 || routerId > 0xffff) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "A router's id is 1 to 65535.");
        }
        var earlier = report == null ? Set.<Integer>of() : report.checkedEarlier();
        var started = routers.started(routerId, report == null ? null : report.checkedUrl(), earlier);
        return new Start(
                started.incarnation(),
                streams.unfinished(routerId, earlier).stream()
                        .filter(stream -> !stream.id().equals(started))
                        .map(stream -> new Unposted(stream.id().incarnation(), stream.nextPosition()))
                        .toList());
    }

    /// @param internalUrl where the router answers this service; null for none
    /// @param earlier the starts that the router's journal holds; null for none
    public record StartReport(
            @Nullable String internalUrl, @Nullable List<@Nullable Integer> earlier) {

        private static final int LONGEST = 300;
        private static final int LAST_PORT = 65_535;

        Set<Integer> checkedEarlier() {
            var starts = new HashSet<Integer>();
            for (var start : earlier == null ? List.<@Nullable Integer>of() : earlier) {
                if (start == null) {
                    throw new Refusal(ProblemCode.INVALID_REQUEST, "earlier names starts of the router.");
                }
                starts.add(start);
            }
            return starts;
        }

        @Nullable
        String checkedUrl() {
            if (internalUrl == null || isUrl(internalUrl)) {
                return internalUrl;
            }
            throw new Refusal(ProblemCode.INVALID_REQUEST, "A router's internal URL is one of http or https.")
                    .field("internalUrl", "such as http://127.0.0.1:9090");
        }

        private static boolean isUrl(String text) {
            try {
                var url = new URI(text);
                return text.length() <= LONGEST
                        && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                        && url.getHost() != null
                        && url.getPort() <= LAST_PORT
                        && url.getUserInfo() == null
                        && url.getQuery() == null
                        && url.getFragment() == null;
            } catch (URISyntaxException notAUrl) {
                return false;
            }
        }
    }

    /// @param unposted earlier starts whose stream has not ended, with the position that is posted next: not
    ///     those that were given up and that the router has nothing of
    public record Start(int incarnation, List<Unposted> unposted) {}

    public record Unposted(int incarnation, long nextPosition) {}
}

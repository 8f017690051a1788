package io.streamsync.billing.stream;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
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
        var started = routers.started(routerId, report == null ? null : report.checkedUrl());
        return new Start(
                started.incarnation(),
                streams.recent(routerId).stream()
                        .filter(stream -> !stream.ended() && !stream.id().equals(started))
                        .map(stream -> new Unposted(stream.id().incarnation(), stream.nextPosition()))
                        .toList());
    }

    /// @param internalUrl where the router answers this service; null for none
    public record StartReport(@Nullable String internalUrl) {

        private static final int LONGEST = 300;
        private static final int LAST_PORT = 65_535;

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

    /// @param unposted earlier starts whose stream has not ended, with the position that is posted next
    public record Start(int incarnation, List<Unposted> unposted) {}

    public record Unposted(int incarnation, long nextPosition) {}
}

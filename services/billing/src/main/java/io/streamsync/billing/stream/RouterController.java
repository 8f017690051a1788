package io.streamsync.billing.stream;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
    public Start start(@PathVariable int routerId) {
        if (routerId < 1 || routerId > 0xffff) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "A router's id is 1 to 65535.");
        }
        var started = routers.started(routerId);
        return new Start(
                started.incarnation(),
                streams.recent(routerId).stream()
                        .filter(stream -> !stream.ended() && !stream.id().equals(started))
                        .map(stream -> new Unposted(stream.id().incarnation(), stream.nextPosition()))
                        .toList());
    }

    /// @param unposted earlier starts whose stream has not ended, with the position that is posted next
    public record Start(int incarnation, List<Unposted> unposted) {}

    public record Unposted(int incarnation, long nextPosition) {}
}

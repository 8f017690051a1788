package io.streamsync.router.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.streamsync.router.access.LeaseAnswer.Holder;
import io.streamsync.router.access.LeaseAnswer.LiveRouter;
import java.util.List;

/// The routers of the installation, this one among them, which may hold credit that is wanted here. Nothing is known
/// of what became of a wish but through billing: a lost one is repeated while a query waits.
final class Peers {

    private final CreditCalls calls;
    private volatile List<LiveRouter> routers = List.of();

    Peers(CreditCalls calls) {
        this.calls = calls;
    }

    void live(List<LiveRouter> alive) {
        routers = List.copyOf(alive);
    }

    void want(List<Holder> holders) {
        var wanted = holders.stream().collect(groupingBy(Holder::routerId, mapping(Holder::holder, toList())));
        for (var router : routers) {
            var held = wanted.get(router.routerId());
            var url = router.internalUrl();
            if (held != null && url != null) {
                calls.want(url, held);
            }
        }
    }
}

package io.streamsync.billing.epoch;

import io.streamsync.billing.epoch.EpochSecrets.Committed;
import io.streamsync.billing.epoch.EpochView.RouterView;
import io.streamsync.billing.epoch.EpochView.SkipsView;
import io.streamsync.billing.epoch.EpochView.TakenView;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Puts epochs together from commitments, snapshots and draws.
@Component
class Epochs {

    private final EpochSecrets secrets;
    private final EpochSnapshots snapshots;
    private final EpochDraws draws;
    private final Parameters parameters;
    private final InstantSource clock;

    Epochs(
            EpochSecrets secrets,
            EpochSnapshots snapshots,
            EpochDraws draws,
            Parameters parameters,
            InstantSource clock) {
        this.secrets = secrets;
        this.snapshots = snapshots;
        this.draws = draws;
        this.parameters = parameters;
        this.clock = clock;
    }

    long current() {
        return clock.millis() / parameters.epoch().toMillis();
    }

    List<EpochView> list(long before, int limit) {
        var numbers = secrets.epochs(before, limit);
        if (numbers.isEmpty()) {
            return List.of();
        }
        var committed = secrets.of(numbers.getLast(), numbers.getFirst()).stream()
                .collect(Collectors.groupingBy(Committed::epoch));
        return numbers.stream()
                .map(number -> view(
                        number,
                        committed.getOrDefault(number, List.of()).stream()
                                .map(Epochs::promise)
                                .toList()))
                .toList();
    }

    Optional<EpochView> find(long epoch) {
        var committed = secrets.of(epoch, epoch);
        if (committed.isEmpty()) {
            return Optional.empty();
        }
        var taken = snapshots.of(epoch);
        var drawn = draws.of(epoch);
        return Optional.of(view(
                epoch, committed.stream().map(one -> whole(one, taken, drawn)).toList()));
    }

    private EpochView view(long epoch, List<RouterView> routers) {
        var length = parameters.epoch().toMillis();
        return new EpochView(
                epoch, Instant.ofEpochMilli(epoch * length), Instant.ofEpochMilli((epoch + 1) * length), routers);
    }

    private static RouterView promise(Committed one) {
        return new RouterView(one.router(), one.incarnation(), one.commitment(), one.secret(), null, null, null);
    }

    private static RouterView whole(Committed one, List<EpochSnapshots.Taken> taken, List<EpochDraws.Draws> drawn) {
        var own = taken.stream()
                .filter(snapshot -> snapshot.router() == one.router() && snapshot.incarnation() == one.incarnation())
                .toList();
        return new RouterView(
                one.router(),
                one.incarnation(),
                one.commitment(),
                one.secret(),
                own.stream().map(EpochSnapshots.Taken::hash).distinct().toList(),
                own.stream()
                        .map(snapshot -> new TakenView(snapshot.hash(), snapshot.at()))
                        .toList(),
                drawn.stream()
                        .filter(draws -> draws.router() == one.router() && draws.incarnation() == one.incarnation())
                        .map(draws -> new SkipsView(draws.operatorId(), draws.drawn(), draws.skipped()))
                        .toList());
    }
}

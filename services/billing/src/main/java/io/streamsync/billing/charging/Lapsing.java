package io.streamsync.billing.charging;

import io.streamsync.billing.archive.ArchivedRaces;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Finds races whose verdict should have come before a mark of their stream, or by now where no mark comes any more.
/// Looks into the archive, which by then holds the batch at hand too.
@Component
class Lapsing {

    private final OpenRaceRows rows;
    private final RaceRows races;
    private final ArchivedRaces archive;
    private final ParameterVersions parameters;

    Lapsing(OpenRaceRows rows, RaceRows races, ArchivedRaces archive, ParameterVersions parameters) {
        this.rows = rows;
        this.races = races;
        this.archive = archive;
        this.parameters = parameters;
    }

    /// Writes down which races lapse, each once.
    ///
    /// @param at the mark's time, or now
    /// @param position of the mark; by the clock that of the record that is posted next
    /// @return the verifiers' shares of all of them, nano-USDC
    long lapse(StreamId stream, Instant at, long position, boolean byClock) {
        var blocks = rows.due(stream, at);
        if (blocks.isEmpty()) {
            return 0;
        }
        var lapses = lapses(
                stream,
                blocks.stream().flatMap(block -> block.sequences().stream()).toList(),
                at);
        if (lapses.isEmpty()) {
            return 0;
        }
        var open = new OpenRaces(blocks, Map.of());
        lapses.forEach(lapse -> open.close(lapse.sequence()));
        rows.save(stream, open.changed());
        rows.add(stream, lapses, position, byClock);
        return lapses.stream().mapToLong(Lapse::share).reduce(0, Math::addExact);
    }

    private List<Lapse> lapses(StreamId stream, List<Long> sequences, Instant at) {
        var lapses = new ArrayList<Lapse>();
        var found = races.find(stream.router(), stream.incarnation(), sequences).stream()
                .sorted(Comparator.comparingLong(RaceRow::position))
                .toList();
        var answers = archive.answered(found);
        for (var index = 0; index < found.size(); index++) {
            var row = found.get(index);
            var answered = answers.get(index);
            var inForce = parameters.find(answered.race().parametersVersion()).orElseThrow();
            if (isDue(row, inForce, at)) {
                lapses.add(new Lapse(
                        row.address().sequence(),
                        FeeSplit.of(answered.outcome().feeNano(), inForce).verifiers()));
            }
        }
        return lapses;
    }

    private static boolean isDue(RaceRow race, Parameters inForce, Instant at) {
        return race.occurredAt().plus(inForce.verdictDeadline()).isBefore(at);
    }
}

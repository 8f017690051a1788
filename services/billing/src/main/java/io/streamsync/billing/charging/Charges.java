package io.streamsync.billing.charging;

import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.archive.VerdictRows;
import io.streamsync.billing.credit.Lease;
import io.streamsync.billing.credit.Leases;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.StreamState;
import io.streamsync.billing.stream.Streams;
import io.streamsync.billing.subscription.Subscriptions;
import io.streamsync.billing.usage.Usage;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Books a batch of one stream's records. Rows of many batches, the hot accounts, are locked last.
@Component
public class Charges {

    private final Leases leases;
    private final ParameterVersions parameters;
    private final RaceIds raceIds;
    private final RaceRows races;
    private final VerdictRows verdicts;
    private final Subscriptions subscriptions;
    private final Usage usage;
    private final Streams streams;
    private final Booking booking;

    Charges(
            Leases leases,
            ParameterVersions parameters,
            RaceIds raceIds,
            RaceRows races,
            VerdictRows verdicts,
            Subscriptions subscriptions,
            Usage usage,
            Streams streams,
            Booking booking) {
        this.leases = leases;
        this.parameters = parameters;
        this.raceIds = raceIds;
        this.races = races;
        this.verdicts = verdicts;
        this.subscriptions = subscriptions;
        this.usage = usage;
        this.streams = streams;
        this.booking = booking;
    }

    /// @param stream as it stood before these records
    /// @throws StreamBroken when the records contradict the books
    @Transactional(propagation = Propagation.MANDATORY)
    public void post(StreamState stream, List<PositionedRecord> records, Instant now, LocalDate postedOn) {
        var batch =
                new Charging(stream, postedOn, lock(stream.id(), records), parameters::find, raceIds).charge(records);
        races.add(batch.races());
        verdicts.add(stream.id().router(), stream.id().incarnation(), batch.verdicts());
        subscriptions.add(batch.subscriptions());
        var reversed = racesOf(stream.id(), batch.reversals());
        reversed.forEach((reversal, race) -> {
            if (race.charged() > 0) {
                batch.usage()
                        .reversed(
                                race.customer(),
                                reversal.occurredAt(),
                                reversal.method(),
                                reversal.queryClass(),
                                reversal.winner(),
                                reversal.fee(),
                                reversal.split().operator());
            }
        });
        usage.add(batch.usage());
        leases.save(batch.leases());
        streams.settle(stream.id(), batch.unverified(), batch.ended());
        booking.book("races/" + stream.id() + "/" + records.getFirst().position(), batch, reversed, now);
    }

    private Collection<Lease> lock(StreamId stream, List<PositionedRecord> records) {
        var named = new HashSet<UUID>();
        var ended = false;
        for (var positioned : records) {
            switch (positioned.record()) {
                case StreamRecord.Answered answered -> {
                    var lease = answered.privatePart().leaseId();
                    if (lease != null) {
                        named.add(lease);
                    }
                }
                case StreamRecord.SubscriptionCharged charged -> {
                    var lease = charged.privatePart().leaseId();
                    if (lease != null) {
                        named.add(lease);
                    }
                }
                case StreamRecord.LeaseClosed closed -> named.add(closed.leaseId());
                case StreamRecord.StreamEnded _ -> ended = true;
                case StreamRecord.Verified _, StreamRecord.EpochEnded _ -> {}
            }
        }
        return ended ? leases.lock(stream, named) : leases.lock(named);
    }

    /// The races behind the reversals; those of this very batch are in the archive by now.
    private Map<Reversal, RaceRow> racesOf(StreamId stream, List<Reversal> reversals) {
        var found = new LinkedHashMap<Reversal, RaceRow>();
        if (reversals.isEmpty()) {
            return found;
        }
        var times = reversals.stream().map(Reversal::occurredAt).sorted().toList();
        var sequences = reversals.stream().map(Reversal::sequence).toList();
        requireOnce(stream, sequences, times);
        var rows = new LinkedHashMap<Long, RaceRow>();
        races.find(stream.router(), stream.incarnation(), sequences, times.getFirst(), times.getLast())
                .forEach(row -> rows.put(row.address().sequence(), row));
        if (!rows.keySet().containsAll(sequences)) {
            races.find(stream.router(), stream.incarnation(), sequences)
                    .forEach(row -> rows.put(row.address().sequence(), row));
        }
        for (var reversal : reversals) {
            var row = rows.get(reversal.sequence());
            if (row == null || (row.charged() != 0 && row.charged() != reversal.fee())) {
                throw new StreamBroken(
                        "VERIFIED of race " + reversal.sequence() + " does not fit what was charged for it");
            }
            found.put(reversal, row);
        }
        return found;
    }

    private void requireOnce(StreamId stream, List<Long> sequences, List<Instant> times) {
        var repeated =
                verdicts.repeated(stream.router(), stream.incarnation(), sequences, times.getFirst(), times.getLast());
        if (!repeated.isEmpty()) {
            throw new StreamBroken("races " + repeated + " were verified twice");
        }
    }
}

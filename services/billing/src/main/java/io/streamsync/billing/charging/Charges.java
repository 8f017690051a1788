package io.streamsync.billing.charging;

import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.RaceRows;
import io.streamsync.billing.archive.VerdictRows;
import io.streamsync.billing.credit.Lease;
import io.streamsync.billing.credit.Leases;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Closing;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.stream.StreamState;
import io.streamsync.billing.stream.Streams;
import io.streamsync.billing.subscription.Subscriptions;
import io.streamsync.billing.usage.Usage;
import io.streamsync.billing.usage.UsageOfBatch;
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

/// Books a batch of one stream's records. Rows of many streams, the sums and the hot accounts, are locked last: whoever
/// posts another stream meanwhile waits for them.
@Component
public class Charges {

    private final Leases leases;
    private final OpenRaceRows openRaces;
    private final Lapsing lapsing;
    private final InsuredCharges insured;
    private final ParameterVersions parameters;
    private final RaceIds raceIds;
    private final RaceRows races;
    private final VerdictRows verdicts;
    private final Subscriptions subscriptions;
    private final Usage usage;
    private final Streams streams;
    private final Closing closing;
    private final Booking booking;

    Charges(
            Leases leases,
            OpenRaceRows openRaces,
            Lapsing lapsing,
            InsuredCharges insured,
            ParameterVersions parameters,
            RaceIds raceIds,
            RaceRows races,
            VerdictRows verdicts,
            Subscriptions subscriptions,
            Usage usage,
            Streams streams,
            Closing closing,
            Booking booking) {
        this.leases = leases;
        this.openRaces = openRaces;
        this.lapsing = lapsing;
        this.insured = insured;
        this.parameters = parameters;
        this.raceIds = raceIds;
        this.races = races;
        this.verdicts = verdicts;
        this.subscriptions = subscriptions;
        this.usage = usage;
        this.streams = streams;
        this.closing = closing;
        this.booking = booking;
    }

    /// @param stream as it stood before these records
    /// @throws StreamBroken when the records contradict the books
    @Transactional(propagation = Propagation.MANDATORY)
    public void post(StreamState stream, List<PositionedRecord> records, Instant now, LocalDate postedOn) {
        var id = stream.id();
        var leased = lock(id, records);
        var batch = new Charging(
                        stream, postedOn, leased, open(id, records), parameters::find, raceIds, closing.until())
                .charge(records);
        races.add(batch.races());
        verdicts.add(id.router(), id.incarnation(), batch.verdicts());
        subscriptions.add(batch.subscriptions());
        insured.add(id, batch.insured());
        openRaces.save(id, batch.open());
        var reversed = racesOf(id, batch.reversals());
        reversed.forEach((reversal, race) -> batch.usage().reversed(reversed(reversal, race)));
        leases.save(batch.leases());
        var last = records.getLast().position();
        var lapsed = lapse(id, batch, last);
        streams.settle(id, batch.unverified() - lapsed, batch.ended());
        usage.add(batch.usage());
        booking.book("races/" + id + "/" + records.getFirst().position(), batch, reversed, stream.windowFrom(), now);
    }

    /// What waits for its verdict too long when an epoch ends, or at the end of the stream, is the insurance's.
    private long lapse(StreamId stream, ChargedBatch batch, long position) {
        if (batch.ended()) {
            openRaces.forget(stream);
            return 0;
        }
        var mark = batch.mark();
        if (mark == null) {
            return 0;
        }
        var lapsed = lapsing.lapse(stream, Instant.ofEpochMilli(mark.occurredAt()), position, false);
        batch.entries().move(Account.VERIFIERS, Account.INSURANCE, lapsed);
        return lapsed;
    }

    private static UsageOfBatch.Reversed reversed(Reversal reversal, RaceRow race) {
        return new UsageOfBatch.Reversed(
                race.charged() == 0 ? null : race.customer(),
                reversal.occurredAt(),
                reversal.method(),
                reversal.queryClass(),
                reversal.winner(),
                reversal.fee(),
                reversal.split().operator());
    }

    /// The races that this batch charges or verifies, as they stood before it.
    private OpenRaces open(StreamId stream, List<PositionedRecord> records) {
        var touched = new TouchedRaces();
        records.forEach(positioned -> touched.take(positioned.record()));
        var blocks = openRaces.blocks(stream, touched.blocks());
        var unknown = touched.unknownTo(new OpenRaces(blocks, Map.of()));
        return new OpenRaces(blocks, openRaces.lapsed(stream, unknown));
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
        if (ended) {
            streams.keepCreditOut(stream);
            return leases.lock(stream, named);
        }
        return leases.lock(named);
    }

    /// The races behind the reversals; those of this very batch are in the archive by now.
    private Map<Reversal, RaceRow> racesOf(StreamId stream, List<Reversal> reversals) {
        var found = new LinkedHashMap<Reversal, RaceRow>();
        if (reversals.isEmpty()) {
            return found;
        }
        var times = reversals.stream().map(Reversal::occurredAt).sorted().toList();
        var sequences = reversals.stream().map(Reversal::sequence).toList();
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
}

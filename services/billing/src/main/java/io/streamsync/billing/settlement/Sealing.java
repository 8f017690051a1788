package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.FrameDigests;
import io.streamsync.billing.ledger.Closing;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StreamRange;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Seals windows, one after the other: all of a window in one transaction, so that it is sealed or it is not.
@Component
class Sealing {

    private final Settlements settlements;
    private final NextPlace next;
    private final StreamEnds streams;
    private final EpochMarks marks;
    private final FrameDigests digests;
    private final TreeNodes nodes;
    private final Corrections corrections;
    private final StakersPayment payment;
    private final SettledStakes stakes;
    private final Closing closing;
    private final SettlementKey key;
    private final SettlementProperties properties;
    private final Parameters parameters;

    Sealing(
            Settlements settlements,
            NextPlace next,
            StreamEnds streams,
            EpochMarks marks,
            FrameDigests digests,
            TreeNodes nodes,
            Corrections corrections,
            StakersPayment payment,
            SettledStakes stakes,
            Closing closing,
            SettlementKey key,
            SettlementProperties properties,
            Parameters parameters) {
        this.settlements = settlements;
        this.next = next;
        this.streams = streams;
        this.marks = marks;
        this.digests = digests;
        this.nodes = nodes;
        this.corrections = corrections;
        this.payment = payment;
        this.stakes = stakes;
        this.closing = closing;
        this.key = key;
        this.properties = properties;
        this.parameters = parameters;
    }

    /// Seals the next window, if it is over, every stream has passed its end and the changes of stakes before it are
    /// booked, or all that has been waited for long enough.
    ///
    /// A window is over when this service's clock and the database's say so: one that is ahead seals nothing of a
    /// time that is still to come.
    ///
    /// @param told by this service's clock
    /// @param since when this service began to look: streams and stakes may have waited for it
    /// @return the epoch that was sealed; empty when there is nothing to seal, or somebody else is sealing
    @Transactional
    public Optional<Long> sealNext(Instant told, Instant since) {
        if (!settlements.lock()) {
            return Optional.empty();
        }
        var now = earlier(told, settlements.databaseTime());
        var place = next.at(now);
        if (now.isBefore(place.endsAt())) {
            return Optional.empty();
        }
        var overdue = isOverdue(place.endsAt(), now) && isOverdue(since, now);
        if (!overdue && !payment.knowsStakes(place, now)) {
            return Optional.empty();
        }
        var ends = streams.at(place.epoch());
        return content(place, ends, overdue).map(content -> {
            seal(place, content, passed(ends), now);
            return place.epoch();
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private boolean isOverdue(Instant from, Instant now) {
        return !now.isBefore(from.plus(properties.overdue()));
    }

    /// Empty while a stream has to be waited for.
    private Optional<WindowContent> content(Place place, List<StreamAtEnd> ends, boolean overdue) {
        if (ends.stream().anyMatch(stream -> stream.end(place.endsAt(), overdue).isEmpty())) {
            return Optional.empty();
        }
        var content = new WindowContent(digests);
        for (var stream : ends) {
            var end = stream.isCut(place.endsAt())
                    ? marks.cut(stream.id(), place.epoch())
                    : stream.end(place.endsAt(), overdue).getAsLong();
            if (end > stream.settled()) {
                content.add(new StreamRange(stream.id().router(), stream.id().incarnation(), stream.settled(), end));
            }
        }
        return Optional.of(content);
    }

    /// The streams that have passed the window's end.
    private static Set<StreamId> passed(List<StreamAtEnd> ends) {
        return ends.stream().filter(StreamAtEnd::isPassed).map(StreamAtEnd::id).collect(Collectors.toSet());
    }

    /// From the closing on everybody who books waits: what takes time is done before.
    ///
    /// @param passed the streams that had passed the window's end when its content was read
    private void seal(Place place, WindowContent content, Set<StreamId> passed, Instant now) {
        var leafCount = content.leafCount();
        var sums = content.sums().plus(corrections.add(place.place(), content));
        var tree = content.finish();
        var bonded = payment.bonded(place);
        closing.lock();
        if (!passed(streams.at(place.epoch())).equals(passed)) {
            throw new IllegalStateException("a stream that nobody waited for passed the end of epoch " + place.epoch());
        }
        var shared = payment.pay(place, sums.stakers(), bonded, now);
        var header = new SettlementHeader(
                place.epoch(),
                place.startsAt().toEpochMilli(),
                place.endsAt().toEpochMilli(),
                leafCount,
                HexFormat.of().formatHex(tree.root()),
                place.previous(),
                key.publicKey(),
                sums,
                shared.shares().sum(),
                content.versions(parameters.version()),
                ranges(content.ranges()),
                shared.signed());
        settlements.add(place.place(), header, key.sign(header), shared.carried(), content.ranges());
        stakes.add(place.place(), shared.shares());
        nodes.add(place.place(), tree.levels());
        closing.close(place.endsAt());
    }

    private static List<StreamRange> ranges(List<SettledRange> settled) {
        return settled.stream().map(SettledRange::range).toList();
    }
}

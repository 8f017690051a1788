package io.streamsync.protocol.record;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Sla;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;

/// ANSWERED in bytes, both parts.
final class AnsweredBytes {

    private static final int SALT = 16;
    private static final int NO_WINNER = 0xFF;

    private static final int CHECKED = 1;
    private static final int UNVOTED = 2;
    private static final int DESPITE_CIRCUIT_OPEN = 4;
    private static final int DESPITE_CAPACITY = 8;

    private static final int LATE_BY_ROUTER = 1;
    private static final int HAS_SLA = 2;
    private static final int SLA_OF_CUSTOMER = 4;
    private static final int SLA_MET = 8;

    private static final int HAS_LEASE = 1;
    private static final int HAS_BATCH = 2;

    private static final Place[] PLACES = Place.values();
    private static final SkipReason[] SKIP_REASONS = SkipReason.values();
    private static final RefundReason[] REFUND_REASONS = RefundReason.values();
    private static final QueryClass[] QUERY_CLASSES = QueryClass.values();

    private AnsweredBytes() {}

    static void writePublic(ByteWriter out, Answered answered) {
        writeRace(out, answered.race());
        writeAsked(out, answered.asked());
        writeOutcome(out, answered.outcome());
    }

    static Answered read(ByteReader open, ByteReader secret) {
        var race = readRace(open);
        var asked = readAsked(open);
        var outcome = readOutcome(open);
        open.raw(Sha256.LENGTH);
        return new Answered(race, asked, outcome, readPrivate(secret));
    }

    static PublicRecord.Answered readPublic(ByteReader open) {
        return new PublicRecord.Answered(readRace(open), readAsked(open), readOutcome(open), open.hex(Sha256.LENGTH));
    }

    private static void writeRace(ByteWriter out, Race race) {
        out.u48(race.sequence());
        out.i64(race.occurredAt());
        out.i64(race.epoch());
        out.hex(race.snapshot(), Sha256.LENGTH);
        out.text(race.parametersVersion());
        out.text(race.method());
        out.choice(race.queryClass());
        out.hex(race.requestHash(), Sha256.LENGTH);
        TermsBytes.write(out, race.terms());
        out.i64(race.minSlot());
    }

    private static Race readRace(ByteReader in) {
        return new Race(
                in.u48(),
                in.i64(),
                in.i64(),
                in.repeatedHash(),
                in.repeatedText(),
                in.repeatedText(),
                in.choice(QUERY_CLASSES),
                in.hex(Sha256.LENGTH),
                TermsBytes.read(in),
                in.i64());
    }

    private static void writeAsked(ByteWriter out, Asked asked) {
        out.u8((asked.checked() ? CHECKED : 0)
                | (asked.unvoted() ? UNVOTED : 0)
                | (asked.despite().contains(SkipReason.CIRCUIT_OPEN) ? DESPITE_CIRCUIT_OPEN : 0)
                | (asked.despite().contains(SkipReason.CAPACITY) ? DESPITE_CAPACITY : 0));
        out.count8(asked.places().size());
        for (var place : asked.places()) {
            out.text(place.nodeId().value());
            out.text(place.operatorId().value());
            out.choice(place.place());
            out.u8(place.round());
        }
        out.count16(asked.skipped().size());
        for (var skipped : asked.skipped()) {
            out.text(skipped.nodeId().value());
            out.text(skipped.operatorId().value());
            out.choice(skipped.reason());
        }
    }

    private static Asked readAsked(ByteReader in) {
        var flags = in.flags(CHECKED | UNVOTED | DESPITE_CIRCUIT_OPEN | DESPITE_CAPACITY);
        var places = new ArrayList<AskedPlace>();
        for (var left = in.u8(); left > 0; left--) {
            places.add(new AskedPlace(in.nodeId(), in.operatorId(), in.choice(PLACES), in.u8()));
        }
        var skipped = new ArrayList<Skipped>();
        for (var left = in.u16(); left > 0; left--) {
            skipped.add(new Skipped(in.nodeId(), in.operatorId(), in.choice(SKIP_REASONS)));
        }
        return new Asked(places, skipped, (flags & CHECKED) != 0, (flags & UNVOTED) != 0, despite(flags));
    }

    private static Set<SkipReason> despite(int flags) {
        var reasons = EnumSet.noneOf(SkipReason.class);
        if ((flags & DESPITE_CIRCUIT_OPEN) != 0) {
            reasons.add(SkipReason.CIRCUIT_OPEN);
        }
        if ((flags & DESPITE_CAPACITY) != 0) {
            reasons.add(SkipReason.CAPACITY);
        }
        return reasons;
    }

    private static void writeOutcome(ByteWriter out, Outcome outcome) {
        out.u8(outcome.winner() < 0 ? NO_WINNER : outcome.winner());
        out.i64(outcome.latencyMicros());
        out.i64(outcome.slot());
        out.i64(outcome.priceNano());
        out.i64(outcome.feeNano());
        out.optionalChoice(outcome.refund());
        var sla = outcome.sla();
        out.u8((outcome.lateByRouter() ? LATE_BY_ROUTER : 0)
                | (sla == null ? 0 : HAS_SLA | (sla.ofCustomer() ? SLA_OF_CUSTOMER : 0) | (sla.met() ? SLA_MET : 0)));
        if (sla != null) {
            out.u32(sla.maxLatencyMs());
        }
    }

    private static Outcome readOutcome(ByteReader in) {
        var winner = in.u8();
        var latencyMicros = in.i64();
        var slot = in.i64();
        var priceNano = in.i64();
        var feeNano = in.i64();
        var refund = in.optionalChoice(REFUND_REASONS);
        var flags = in.flags(LATE_BY_ROUTER | HAS_SLA | SLA_OF_CUSTOMER | SLA_MET);
        var sla = (flags & HAS_SLA) == 0
                ? null
                : new Sla(in.u32(), (flags & SLA_OF_CUSTOMER) != 0, (flags & SLA_MET) != 0);
        return new Outcome(
                winner == NO_WINNER ? -1 : winner,
                latencyMicros,
                slot,
                priceNano,
                feeNano,
                refund,
                sla,
                (flags & LATE_BY_ROUTER) != 0);
    }

    static void writePrivate(ByteWriter out, PrivatePart part) {
        var lease = part.leaseId();
        var batch = part.batch();
        out.hex(part.salt(), SALT);
        out.text(part.accountId());
        out.text(part.keyId());
        out.u8((lease == null ? 0 : HAS_LEASE) | (batch == null ? 0 : HAS_BATCH));
        if (lease != null) {
            out.uuid(lease);
        }
        out.i64(part.cumulative());
        if (batch != null) {
            out.text(batch);
        }
        out.u32(part.batchIndex());
    }

    static PrivatePart readPrivate(ByteReader in) {
        var salt = in.hex(SALT);
        var accountId = in.repeatedText();
        var keyId = in.repeatedText();
        var flags = in.flags(HAS_LEASE | HAS_BATCH);
        var lease = (flags & HAS_LEASE) == 0 ? null : in.uuid();
        var cumulative = in.i64();
        var batch = (flags & HAS_BATCH) == 0 ? null : in.text();
        return new PrivatePart(salt, accountId, keyId, lease, cumulative, batch, in.i32());
    }
}

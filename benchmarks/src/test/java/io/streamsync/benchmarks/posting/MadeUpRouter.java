package io.streamsync.benchmarks.posting;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;

/// Writes frames as a router does: races of five places, each with a verdict some hundred races later.
final class MadeUpRouter {

    private static final int VERIFIED_AFTER = 300;
    private static final long FEE = 4_000;
    private static final int PER_MILLISECOND = 5;
    private static final String VERSION = Parameters.defaults().version();

    private final int id;
    private final int incarnation;
    private final Crowd crowd;
    private final List<Lease> leases;
    private final long[] spent;
    private final Queue<Verified> unverified = new ArrayDeque<>();
    private final Random random = new Random(1);
    private final long start = System.currentTimeMillis();
    private long sequence;
    private long position;

    MadeUpRouter(int id, int incarnation, Crowd crowd, List<Lease> leases) {
        this.id = id;
        this.incarnation = incarnation;
        this.crowd = crowd;
        this.leases = leases;
        this.spent = new long[leases.size()];
    }

    String key() {
        return id + "/" + incarnation;
    }

    int incarnation() {
        return incarnation;
    }

    int id() {
        return id;
    }

    long position() {
        return position;
    }

    /// Unix ms of a race.
    long at(long race) {
        return start + race / PER_MILLISECOND;
    }

    long races() {
        return sequence;
    }

    /// The next 256 records.
    byte[] frame() {
        var records = new ArrayList<byte[]>(Frame.MAX_RECORDS);
        while (records.size() < Frame.MAX_RECORDS) {
            records.add(StreamRecords.encode(answered()));
            if (unverified.size() > VERIFIED_AFTER && records.size() < Frame.MAX_RECORDS) {
                records.add(StreamRecords.encode(unverified.remove()));
            }
        }
        var frame = new Frame(id, incarnation, position, records);
        position = frame.next();
        return frame.encode();
    }

    /// The mark of an epoch's end.
    byte[] mark(long epoch) {
        var mark = StreamRecords.encode(new EpochEnded(epoch, System.currentTimeMillis()));
        var frame = new Frame(id, incarnation, position, List.of(mark));
        position = frame.next();
        return frame.encode();
    }

    private Answered answered() {
        var places = places();
        var at = at(sequence);
        var customer = (int) (sequence % leases.size());
        spent[customer] += FEE;
        var lease = leases.get(customer);
        unverified.add(verified(places, at + 40));
        return new Answered(
                new Race(
                        sequence++,
                        at,
                        at / 300_000,
                        "e1".repeat(32),
                        VERSION,
                        "getAccountInfo",
                        QueryClass.LOOKUP,
                        hex(32),
                        Terms.standard(3),
                        -1),
                new Asked(places, List.of(), true, false),
                new Outcome(0, random.nextInt(2_000, 90_000), 341_000_000, FEE, FEE, null, null, false),
                new PrivatePart(
                        hex(16), lease.accountId(), "key_" + lease.accountId(), lease.id(), spent[customer], null, 0));
    }

    private Verified verified(List<AskedPlace> places, long at) {
        var results = new ArrayList<Result>();
        for (var place : places) {
            var wins = results.isEmpty();
            var checks = place.place() == Place.CHECKING;
            results.add(new Result(
                    place.nodeId(),
                    place.operatorId(),
                    place.place(),
                    random.nextInt(2_000, 90_000),
                    PlaceOutcome.ANSWER,
                    wins ? Verdict.WINS : checks ? Verdict.AGREES : Verdict.LATE,
                    341_000_000,
                    false,
                    wins ? null : checks ? Reason.NOT_RACING : Reason.LATER));
        }
        return new Verified(
                sequence, at, "getAccountInfo", QueryClass.LOOKUP, VERSION, RaceStatus.CONFIRMED, FEE, false, results);
    }

    private List<AskedPlace> places() {
        var places = new ArrayList<AskedPlace>();
        places.add(place(crowd.winner(sequence), Place.RACING));
        for (var other : crowd.others(sequence)) {
            places.add(place(other, places.size() < 3 ? Place.RACING : Place.CHECKING));
        }
        return places;
    }

    private AskedPlace place(int number, Place place) {
        return new AskedPlace(new NodeId(crowd.node(number)), new OperatorId(crowd.operator(number)), place, 0);
    }

    private String hex(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    record Lease(String accountId, UUID id) {}
}

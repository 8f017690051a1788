package io.streamsync.benchmarks.part;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The record of a race of five places to the bytes of the journal, and back.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {

    private final StreamRecord record = new Answered(
            new StreamRecord.Race(
                    1_234_567,
                    1_790_000_000_000L,
                    5_984_603,
                    "e1".repeat(32),
                    "1",
                    "getAccountInfo",
                    QueryClass.LOOKUP,
                    "a7".repeat(32),
                    Terms.standard(3),
                    0),
            new Asked(IntStream.range(0, 5).mapToObj(RecordBenchmark::place).toList(), List.of(), true, false),
            new Outcome(0, 1_234, 341_000_000, 4_000, 4_000, null, null, false),
            new PrivatePart(
                    "5c".repeat(16),
                    UUID.randomUUID().toString(),
                    UUID.randomUUID().toString(),
                    UUID.randomUUID(),
                    1_000_000,
                    null,
                    0));

    private final byte[] bytes = StreamRecords.encode(record);

    @Benchmark
    public byte[] encode() {
        return StreamRecords.encode(record);
    }

    @Benchmark
    public StreamRecord decode() {
        return StreamRecords.decode(bytes);
    }

    /// What it costs whoever needs verdicts alone.
    @Benchmark
    public Optional<Verified> passOver() {
        return StreamRecords.verified(bytes);
    }

    private static AskedPlace place(int number) {
        return new AskedPlace(
                new NodeId(UUID.randomUUID().toString()),
                new OperatorId(UUID.randomUUID().toString()),
                number < 3 ? Place.RACING : Place.CHECKING,
                0);
    }
}

package io.streamsync.benchmarks.part;

import io.streamsync.protocol.draw.Draw;
import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.RaceRandomness;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Three who race and two who check, with the committed random numbers, from a field that a router keeps.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DrawBenchmark {

    private static final int PERFECT = 1_000_000;

    @Param({"10", "1000", "10000"})
    public int operators;

    private final Parameters parameters = Parameters.defaults();
    private final Terms terms = Terms.standard(parameters.racingPlaces());
    private final SolanaMethod method = SolanaMethods.find("getAccountInfo").orElseThrow();
    private final byte[] secret = new byte[32];
    private final byte[] requestHash = new byte[32];
    private MarketSnapshot snapshot = MarketSnapshot.of("1", List.of(), List.of());
    private Field field = Field.of(snapshot, parameters, QueryClass.LOOKUP, terms);
    private long sequence;

    @Setup
    public void list() {
        snapshot = MarketSnapshot.of(
                "1",
                IntStream.range(0, operators).mapToObj(DrawBenchmark::operator).toList(),
                IntStream.range(0, operators).mapToObj(DrawBenchmark::node).toList());
        field = field();
    }

    @Benchmark
    public Drawn drawn() {
        var random = RaceRandomness.of(secret, new RaceAddress(1, 1, sequence++), requestHash);
        return Draw.of(field, method, terms, parameters, random, (_, _, _) -> null);
    }

    /// Once per snapshot and kind of terms.
    @Benchmark
    public Field field() {
        return Field.of(snapshot, parameters, QueryClass.LOOKUP, terms);
    }

    private static OperatorId operatorId(int number) {
        return new OperatorId("operator-%05d".formatted(number));
    }

    private static ListedOperator operator(int number) {
        return new ListedOperator(
                operatorId(number), operatorId(number), (10_000L + number) * Amount.NANO, PERFECT, false);
    }

    private static ListedNode node(int number) {
        var offer = new Offer(new Ask(4_000 + number % 1_000, 50, 100), PERFECT / 2, PERFECT / 2);
        return new ListedNode(
                new NodeId("node-%05d".formatted(number)),
                operatorId(number),
                NodeState.ACTIVE,
                PERFECT,
                Map.of(QueryClass.LOOKUP, offer));
    }
}

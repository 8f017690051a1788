package io.streamsync.benchmarks.part;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Replies;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.comparison.Agreement;
import io.streamsync.protocol.comparison.Comparability;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.router.jsonrpc.Envelope;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading a client's request, reading what a node says to it, and comparing two nodes' answers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnswerBenchmark {

    private static final String METHOD = "getAccountInfo";
    private static final String ID = "1234567";

    private final SolanaMethod method = SolanaMethods.find(METHOD).orElseThrow();
    private final byte[] request = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getAccountInfo\","
                    + "\"params\":[\"So1anaBenchmark1111111111111111111111111111\",{\"encoding\":\"base64\"}]}")
            .getBytes(US_ASCII);
    private final byte[] body = body("341", "88849814690250,\"owner\":\"11111111111111111111111111111111\"");
    private final NodeAnswer answer = parsed(body);
    private final NodeAnswer same = parsed(body.clone());

    /// The same account in another order of its members and at another slot.
    private final NodeAnswer different =
            parsed(body("342", "88849814690250, \"owner\":\"11111111111111111111111111111111\""));

    @Benchmark
    public Envelope envelope() {
        return Envelope.read(request);
    }

    @Benchmark
    public @Nullable NodeAnswer parse() {
        return NodeAnswer.parse(body, METHOD, ID);
    }

    @Benchmark
    public Reply classify() {
        return Replies.classify(method, answer);
    }

    @Benchmark
    public Agreement compareEqualBytes() {
        return Comparability.judge(method, answer, same);
    }

    @Benchmark
    public Agreement compareByCanonicalForm() {
        return Comparability.judge(method, answer, different);
    }

    private static NodeAnswer parsed(byte[] body) {
        return Objects.requireNonNull(NodeAnswer.parse(body, METHOD, ID));
    }

    private static byte[] body(String slot, String lamports) {
        return ("{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"apiVersion\":\"3.1.0\",\"slot\":" + slot
                        + "},\"value\":{\"data\":[\"" + "QmVuY2htYXJr".repeat(14)
                        + "\",\"base64\"],\"executable\":false,\"lamports\":" + lamports
                        + ",\"rentEpoch\":18446744073709551615,\"space\":126}},\"id\":" + ID + "}")
                .getBytes(US_ASCII);
    }
}

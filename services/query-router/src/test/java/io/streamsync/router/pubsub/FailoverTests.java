package io.streamsync.router.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.streamsync.router.node.ScriptedSocketNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing lost and nothing doubled while nodes of five operators, each behind the others by its own number of slots,
/// are lost at random.
class FailoverTests {

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private static final int SLOTS = 600;
    private static final int BETWEEN_LOSSES = 30;
    private static final int MOST_BEHIND = 4;
    private static final int SUBSCRIPTIONS = 4;

    private final SocketMarket market = new SocketMarket(5);
    private final ScriptedClient client = new ScriptedClient(LOOPS.next(), market.pubSub());
    private final List<String> signatures = new ArrayList<>();

    @AfterEach
    void stop() {
        client.leaves();
        market.close();
    }

    @AfterAll
    static void stopLoops() {
        var _ = LOOPS.shutdownGracefully();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesAndDoublesNothing(long seed) {
        var random = new Random(seed);
        subscribe("slot", "[]");
        subscribe("root", "[]");
        subscribe("logs", "[\"all\"]");
        for (var slot = 1; slot <= SLOTS; slot++) {
            if (slot % BETWEEN_LOSSES == 1) {
                watchSignature("S" + slot);
                until(this::isServedTwice);
            }
            tell(slot);
            if (slot % BETWEEN_LOSSES == BETWEEN_LOSSES - 1) {
                var told = slot;
                until(() -> numbers("logs", "\"signature\":\"L(\\d+)a\"").contains((long) told - MOST_BEHIND));
                loseOne(random);
            }
        }
        for (var slot = SLOTS + 1; slot <= SLOTS + MOST_BEHIND; slot++) {
            tell(slot);
        }

        until(() -> numbers("logs", "\"signature\":\"L(\\d+)b\"").size() >= SLOTS
                && numbers("slot", "\"slot\":(\\d+)").size() >= SLOTS
                && numbers("root", "\"result\":(\\d+)").size() >= SLOTS
                && numbers("signature", "\"slot\":(\\d+)").size() >= signatures.size());
        assertThat(numbers("slot", "\"slot\":(\\d+)")).startsWith(upTo(SLOTS)).doesNotHaveDuplicates();
        assertThat(numbers("root", "\"result\":(\\d+)")).startsWith(upTo(SLOTS)).doesNotHaveDuplicates();
        assertThat(numbers("logs", "\"signature\":\"L(\\d+)a\""))
                .contains(upTo(SLOTS))
                .doesNotHaveDuplicates();
        assertThat(numbers("logs", "\"signature\":\"L(\\d+)b\""))
                .contains(upTo(SLOTS))
                .doesNotHaveDuplicates();
        assertThat(numbers("signature", "\"slot\":(\\d+)"))
                .hasSameSizeAs(signatures)
                .doesNotHaveDuplicates();
        assertThat(client.closed()).isNull();
        assertThat(market.meter().notified()).isEqualTo(count("Notification"));
    }

    /// Each node tells what it has come to.
    private void tell(long slot) {
        for (var node : market.nodes()) {
            var at = slot - market.nodes().indexOf(node) % (MOST_BEHIND + 1);
            if (at >= 1) {
                node.notify("slot", "{\"parent\":" + (at - 1) + ",\"root\":0,\"slot\":" + at + "}");
                node.notify("root", Long.toString(at));
                node.notify("logs", logs(at, "a"));
                node.notify("logs", logs(at, "b"));
                tellSignature(node, at);
            }
        }
    }

    private void tellSignature(ScriptedSocketNode node, long slot) {
        var signature = "S" + (slot - BETWEEN_LOSSES / 2);
        if (signatures.contains(signature)) {
            var fate = "{\"context\":{\"slot\":" + slot + "},\"value\":{\"err\":null}}";
            node.tellsAtOnce("signature", signature, fate);
            node.notify("signature", signature, fate);
        }
    }

    private void loseOne(Random random) {
        var serving =
                market.nodes().stream().filter(node -> !node.live().isEmpty()).toList();
        var lost = serving.get(random.nextInt(serving.size()));
        if (random.nextBoolean()) {
            lost.drop();
        } else {
            lost.say("nonsense");
        }
        until(() -> lost.live().isEmpty() || isServedTwice());
    }

    private void watchSignature(String signature) {
        signatures.add(signature);
        subscribe("signature", "[\"" + signature + "\"]");
    }

    private void subscribe(String kind, String params) {
        var before = count("\"id\":1}");
        client.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + kind + "Subscribe\",\"params\":" + params + "}");
        until(() -> count("\"id\":1}") == before + 1);
    }

    private boolean isServedTwice() {
        return market.nodes().stream().mapToLong(node -> node.live().size()).sum() == 2 * SUBSCRIPTIONS;
    }

    private static String logs(long slot, String which) {
        return "{\"context\":{\"slot\":" + slot + "},\"value\":{\"err\":null,\"logs\":[],\"signature\":\"L" + slot
                + which + "\"}}";
    }

    private long count(String text) {
        return client.heard().stream().filter(message -> message.contains(text)).count();
    }

    private List<Long> numbers(String kind, String pattern) {
        var number = Pattern.compile(pattern);
        return client.heard().stream()
                .filter(message -> message.contains("\"" + kind + "Notification\""))
                .map(number::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .toList();
    }

    private static Long[] upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toArray(Long[]::new);
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(condition);
    }
}

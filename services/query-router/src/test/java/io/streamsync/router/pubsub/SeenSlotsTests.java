package io.streamsync.router.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.streamsync.protocol.tip.Commitment;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client is told over its WebSocket, and from where on its key reads over HTTP then.
class SeenSlotsTests {

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private static final String CONFIRMED = "[\"A\",{\"commitment\":\"confirmed\"}]";

    private final SocketMarket market = new SocketMarket(3);
    private final ScriptedClient client = new ScriptedClient(LOOPS.next(), market.pubSub());

    @BeforeEach
    void aChain() {
        market.reaches(1_000);
    }

    @AfterEach
    void stop() {
        client.leaves();
        market.close();
    }

    @AfterAll
    static void stopLoops() {
        var _ = LOOPS.shutdownGracefully();
    }

    @Test
    void bindsReadsToTheSlotWhereATransactionIsConfirmed() {
        isTold("signature", CONFIRMED, "{\"context\":{\"apiVersion\":\"3.1\",\"slot\":999},\"value\":{\"err\":null}}");

        assertThat(market.floor(Commitment.CONFIRMED)).isEqualTo(999);
        assertThat(market.floor(Commitment.PROCESSED)).isEqualTo(999);
        assertThat(market.floor(Commitment.FINALIZED)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            account   | ["A",{"commitment":"confirmed"}] | {"context":{"slot":999},"value":{"x":1}}       | 999
            logs      | ["all"]                          | {"context":{"slot":999},"value":{}}            | 999
            program   | ["A",{"commitment":"processed"}] | {"context":{"slot":999},"value":{}}            | -1
            account   | ["A",{"commitment":"max"}]       | {"context":{"slot":999},"value":{}}            | -1
            signature | ["A",{"commitment":"confirmed"}] | {"context":{"slot":999},"value":"receivedSignature"} | -1
            slot      |                                  | {"parent":998,"root":900,"slot":999}           | -1
            account   | ["A",{"commitment":"confirmed"}] | {"context":{"slot":"999"},"value":{}}          | -1
            account   | ["A",{"commitment":"confirmed"}] | {"context":{"slot":99999999999999999999},"value":{}} | -1
            account   | ["A",{"commitment":"confirmed"}] | {"context":null}                               | -1
            account   | ["A",{"commitment":"confirmed"}] | 7                                              | -1
            """)
    void bindsByTheContextAtTheCommitmentOfTheSubscription(String kind, String params, String result, long floor) {
        isTold(kind, params == null ? "" : params, result);

        assertThat(market.floor(Commitment.CONFIRMED)).isEqualTo(floor);
    }

    @Test
    void putsNothingOutOfReachWhateverANodeMakesUp() {
        client.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"accountSubscribe\",\"params\":" + CONFIRMED + "}");
        hears(1);
        var node = market.serving();

        node.notify("account", "{\"context\":{\"slot\":5000},\"value\":{}}");

        Awaitility.await().until(() -> node.live().isEmpty());
        assertThat(client.heard()).hasSize(1);
        assertThat(market.floor(Commitment.CONFIRMED)).isEqualTo(-1);
    }

    private void isTold(String kind, String params, String result) {
        client.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + kind + "Subscribe\""
                + (params.isEmpty() ? "" : ",\"params\":" + params) + "}");
        hears(1);
        market.tells(kind, result);
        hears(2);
    }

    private void hears(int messages) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.heard().size() == messages);
    }
}

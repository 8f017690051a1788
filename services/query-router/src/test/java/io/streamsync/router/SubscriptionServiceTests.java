package io.streamsync.router;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.gateway.TestingWebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What subscribers meet at the started router.
class SubscriptionServiceTests extends StartedRouter {

    @Test
    void passesNotificationsOnOverAnUpgradeOfTheEdgesPort() {
        var client = new TestingWebSocket();
        http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/rpc/" + RICH), client)
                .join();
        client.says(call("\"s1\"", "slotSubscribe", "[]"));
        Awaitility.await().until(() -> client.texts().size() == 1);

        market.sockets().notify("slot", "{\"slot\":90}");

        Awaitility.await().until(() -> client.texts().size() == 2);
        assertThat(client.texts())
                .containsExactly(
                        "{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":\"s1\"}",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"slotNotification\",\"params\":{\"result\":{\"slot\":90},"
                                + "\"subscription\":1}}");
    }

    @Test
    void takesNoWebSocketOfAKeyThatManages() {
        var refused = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/?api-key=" + MANAGER), new TestingWebSocket());

        assertThat(refused)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/account", "/v1/market", "/nothing"})
    void isNoWebSocketOnOtherPaths(String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: edge\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(US_ASCII));

            var status = new String(socket.getInputStream().readNBytes(12), US_ASCII);

            assertThat(status).isIn("HTTP/1.1 200", "HTTP/1.1 404");
        }
    }
}

package io.streamsync.router.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// WebSockets to a node whose certificate names `node.example`, at an address that was checked for other names too.
class NodeTlsTests {

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private static final String PASSWORD = "password";

    @TempDir
    private static Path directory;

    private DisposableServer server;
    private KeyStore keys;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException, InterruptedException {
        keys = keys();
        var identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(keys, PASSWORD.toCharArray());
        var tls = SslContextBuilder.forServer(identity).build();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .secure(spec -> spec.sslContext(tls))
                .handle((_, response) ->
                        response.sendWebsocket((in, _) -> in.receiveFrames().then()))
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @AfterAll
    static void stopLoops() {
        var _ = LOOPS.shutdownGracefully();
    }

    @ParameterizedTest
    @CsvSource({"node.example, opened", "other.example, closed", "localhost, closed"})
    void connectsToTheHostThatTheCertificateNames(String host, String outcome) throws Exception {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        var tls = new NodeTls(SslContextBuilder.forClient()
                .trustManager(trusted)
                .endpointIdentificationAlgorithm("HTTPS")
                .build());

        assertThat(connect(host, tls)).isEqualTo(outcome);
    }

    @Test
    void connectsToNobodyWhomTheSystemDoesNotTrust() {
        assertThat(connect("node.example", NodeTls.trustingTheSystem())).isEqualTo("closed");
    }

    private String connect(String host, NodeTls tls) {
        var node = new Upstreams()
                .listed(
                        new NodeId("n"),
                        "https://" + host + ":1",
                        "wss://" + host + ":" + server.port(),
                        List.of("127.0.0.1"),
                        Map.of());
        var outcome = new CompletableFuture<String>();
        var sockets = new NodeSockets(Duration.ofSeconds(5), 1024, 1024, tls, new RouterLog());
        var loop = new Loop(LOOPS.next(), NioSocketChannel.class);
        loop.events().execute(() -> sockets.connect(loop, node, new Outcome(outcome)));
        return outcome.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static KeyStore keys() throws IOException, GeneralSecurityException, InterruptedException {
        var file = directory.resolve("keys.p12");
        if (!Files.exists(file)) {
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "node",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=node.example",
                            "-ext",
                            "SAN=dns:node.example",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            keytool.getInputStream().readAllBytes();
            assertThat(keytool.waitFor()).isZero();
        }
        return withCertificate(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    /// A trust store counts certificates only, not keys.
    private static KeyStore withCertificate(KeyStore keys) throws GeneralSecurityException {
        keys.setCertificateEntry("trusted", keys.getCertificate("node"));
        return keys;
    }

    private record Outcome(CompletableFuture<String> outcome) implements SocketListener {

        @Override
        public void opened() {
            outcome.complete("opened");
        }

        @Override
        public void received(byte[] message) {}

        @Override
        public void alive() {}

        @Override
        public void closed() {
            outcome.complete("closed");
        }
    }
}

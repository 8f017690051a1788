package io.streamsync.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamsync.outbound.OutboundAnswer.Answered;
import io.streamsync.outbound.OutboundAnswer.Unanswered;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;

/// Calls endpoints of strangers: connects to checked addresses only, follows nothing, reads at most 16 KiB within a
/// time limit.
public class Outbound implements DisposableBean {

    /// What is asked for here fits in one. Read as a tree, what a stranger sends can take thirty times its size, and
    /// many answers are read at once.
    private static final int SIZE_LIMIT = 16 * 1024;

    /// Without these a header could fill the memory before the body's limit counts.
    private static final int LONGEST_LINE = 8_192;

    private static final int MOST_HEADERS = 100;

    private static final int CONNECTIONS = 200;
    private static final int CONNECTIONS_PER_ENDPOINT = 10;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final CloseableHttpClient http;
    private final Duration timeLimit;

    Outbound(EndpointGuard guard, Duration timeLimit) {
        this.timeLimit = timeLimit;
        var limit = Timeout.of(timeLimit);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedNames(guard))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS_PER_ENDPOINT)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(limit)
                        .setSocketTimeout(limit)
                        .setTimeToLive(Timeout.ofSeconds(30)) // so that names are resolved and checked again
                        .build())
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(limit)
                        .setResponseTimeout(limit)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("StreamSync")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression() // a small body must not grow
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    public OutboundAnswer get(URI uri, OutboundHeaders headers) {
        return call(new HttpGet(uri), headers);
    }

    public OutboundAnswer post(URI uri, OutboundHeaders headers, String json) {
        var request = new HttpPost(uri);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        return call(request, headers);
    }

    @Override
    public void destroy() throws IOException {
        calls.shutdownNow();
        http.close();
    }

    /// The limit holds from looking the name up to the last byte, however slowly these drip.
    private OutboundAnswer call(HttpUriRequestBase request, OutboundHeaders headers) {
        headers.values().forEach(request::setHeader);
        request.setHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType());
        var call = calls.submit(() -> exchange(request));
        try {
            return call.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Unanswered(late());
        } catch (ExecutionException failed) {
            return new Unanswered(reason(failed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unanswered("the check was broken off");
        } finally {
            request.cancel();
            call.cancel(true);
        }
    }

    private OutboundAnswer exchange(HttpUriRequestBase request) throws IOException {
        long start = System.nanoTime();
        return http.execute(request, response -> {
            var body = body(response);
            return body.length > SIZE_LIMIT
                    ? tooLarge(request)
                    : new Answered(
                            response.getCode(), new String(body, UTF_8), Duration.ofNanos(System.nanoTime() - start));
        });
    }

    private static byte[] body(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        return entity == null ? new byte[0] : entity.getContent().readNBytes(SIZE_LIMIT + 1);
    }

    /// Broken off here: closing the answer would read the rest of it.
    private static OutboundAnswer tooLarge(HttpUriRequestBase request) {
        request.cancel();
        return new Unanswered("the answer is larger than 16 KiB");
    }

    private String reason(ExecutionException failed) {
        return switch (failed.getCause()) {
            case GuardedNames.NotAllowedException notAllowed -> String.valueOf(notAllowed.getMessage());
            case SocketTimeoutException _ -> late();
            case SSLException _ -> "the TLS connection failed: is the certificate valid for this host?";
            case ConnectException _ -> "the connection was refused";
            case null, default -> "the connection broke, or what came is not HTTP";
        };
    }

    private String late() {
        return "no answer within " + timeLimit.toSeconds() + " s";
    }
}

package io.streamsync.verifier.publication;

import io.streamsync.protocol.settlement.StakeShare;
import io.streamsync.protocol.settlement.StakeShares;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a market publishes over its public interfaces. Whoever answers there is a stranger: every answer has a bound
/// and a time.
public final class HttpPublication implements Publication {

    /// A page of the largest leaves is below.
    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    /// A snapshot of ten thousand nodes is below.
    private static final int LARGEST_SNAPSHOT = 16 * 1024 * 1024;

    /// A day of the busiest market is below.
    private static final long MOST_LEAVES = 1_000_000_000;

    /// What thirty routers skip of ten thousand operators is below, and the snapshots of an epoch that each of them
    /// took.
    private static final int LARGEST_EPOCH = 32 * 1024 * 1024;

    private static final int LARGEST_JSON = 4 * 1024 * 1024;
    private static final int SETTLEMENTS_PER_PAGE = 100;
    private static final int LEAVES_PER_PAGE = 5_000;
    private static final int STAKES_PER_PAGE = 500;

    /// Fifty thousand operators.
    private static final int MOST_PAGES_OF_STAKES = 100;

    private static final int NOT_FOUND = 404;
    private static final int NOT_SEALED = 409;
    private static final int OK = 200;

    private final URI url;
    private final Duration timeout;
    private final Duration within;
    private final long begun = System.nanoTime();
    private final HttpClient client;

    /// @param url of the edge
    /// @param timeout of each answer, from asking to its last byte
    /// @param within of all answers
    public HttpPublication(URI url, Duration timeout, Duration within) {
        this.url = url;
        this.timeout = timeout;
        this.within = within;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public Optional<Settlement> settlement(long epoch) {
        return get("/v1/settlements/" + epoch, LARGEST_JSON).map(body -> PublishedJson.settlement(body, epoch));
    }

    @Override
    public Neighbours neighbours(Settlement settlement) {
        return new SettlementList(this::listed).of(settlement.epoch());
    }

    private Optional<SettlementList.ListPage> listed(@Nullable String cursor) {
        var path = "/v1/settlements?limit=" + SETTLEMENTS_PER_PAGE;
        return get(
                        cursor == null ? path : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8),
                        LARGEST_JSON)
                .map(PublishedJson::list);
    }

    /// Page by page, each read while the next one is not asked for yet.
    @Override
    public boolean leaves(Settlement settlement, Consumer<PublishedLeaf> each) {
        var epoch = settlement.epoch();
        var count = settlement.header().leafCount();
        if (count > MOST_LEAVES) {
            throw new NotCheckableException("Epoch " + epoch + " is said to have " + count + " leaves.");
        }
        var from = 0L;
        while (from < count) {
            var path = "/v1/settlements/" + epoch + "/leaves?from=" + from + "&limit=" + LEAVES_PER_PAGE;
            var page = get(path, LARGEST_BODY);
            if (page.isEmpty() && from > 0) {
                throw new NotCheckableException(
                        "The records of epoch " + epoch + " from " + from + " on are not published any more.");
            }
            if (page.isEmpty()) {
                return false;
            }
            var read = LeafPage.read(page.get(), each);
            if (read == 0) {
                return true;
            }
            from += read;
        }
        return true;
    }

    @Override
    public Optional<StakeShares> stakes(Settlement settlement) {
        var path = "/v1/settlements/" + settlement.epoch() + "/stakes?limit=" + STAKES_PER_PAGE;
        var all = new ArrayList<StakeShare>();
        @Nullable String cursor = null;
        for (var page = 0; page < MOST_PAGES_OF_STAKES; page++) {
            var answer = get(cursor == null ? path : path + "&cursor=" + encoded(cursor), LARGEST_JSON);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            var read = PublishedJson.stakes(answer.get());
            all.addAll(read.shares());
            cursor = read.next();
            if (cursor == null) {
                return Optional.of(PublishedJson.ordered(all));
            }
        }
        throw new NotCheckableException("The stakes of epoch " + settlement.epoch() + " have no end.");
    }

    @Override
    public Optional<EpochPage> epoch(long number) {
        return get("/v1/epochs/" + number, LARGEST_EPOCH).map(body -> PublishedJson.epoch(body, number));
    }

    @Override
    public Optional<byte[]> snapshot(String hash) {
        return get("/v1/snapshots/" + encoded(hash), LARGEST_SNAPSHOT);
    }

    @Override
    public Optional<Map<String, Object>> parameters(String version) {
        return get("/v1/parameters/" + encoded(version), LARGEST_JSON).map(PublishedJson::parameters);
    }

    @Override
    public Optional<Proof> proof(long epoch, String raceId) {
        return get("/v1/settlements/" + epoch + "/proofs/" + encoded(raceId), LARGEST_JSON)
                .map(PublishedJson::proof);
    }

    /// @return empty when there is no such thing, or not yet
    private Optional<byte[]> get(String path, int most) {
        var wait = left();
        var request = HttpRequest.newBuilder(target(path)).timeout(wait).GET().build();
        var answer = client.sendAsync(request, BodyHandlers.ofInputStream())
                .thenCompose(response -> CompletableFuture.supplyAsync(() -> body(response, most)));
        try {
            return answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw notCheckable(path, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException slow) {
            answer.cancel(true);
            left(); // or all of them took too long together
            throw new NotCheckableException(
                    url + path + " was not answered within " + timeout.toSeconds() + " s.", slow);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotCheckableException("Interrupted.", e);
        }
    }

    /// Who answers each question slowly keeps nobody for ever.
    private Duration left() {
        var left = within.minusNanos(System.nanoTime() - begun);
        if (!left.isPositive()) {
            throw new NotCheckableException(url + " took longer than " + within.toSeconds() + " s in all.");
        }
        return left.compareTo(timeout) < 0 ? left : timeout;
    }

    private static Optional<byte[]> body(HttpResponse<InputStream> response, int most) {
        try (var in = response.body()) {
            return switch (response.statusCode()) {
                case OK -> Optional.of(BoundedBody.read(in, most));
                case NOT_FOUND, NOT_SEALED -> Optional.empty();
                default -> throw new IOException("status " + response.statusCode());
            };
        } catch (IOException e) {
            throw new NotCheckableException(String.valueOf(e.getMessage()), e);
        }
    }

    private NotCheckableException notCheckable(String path, Throwable cause) {
        var reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new NotCheckableException(url + path + " was not answered as it should be: " + reason + ".", cause);
    }

    private URI target(String path) {
        try {
            return URI.create(url.toString().replaceAll("/+$", "") + path);
        } catch (IllegalArgumentException malformed) {
            throw new NotCheckableException("Not a URL: " + url, malformed);
        }
    }

    /// A plus, as in versions of parameters, stands for itself in a path.
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2B", "+");
    }
}

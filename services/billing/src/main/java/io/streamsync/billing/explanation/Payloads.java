package io.streamsync.billing.explanation;

import io.streamsync.billing.stream.Routers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Asks the router that ran a race for request and answers. A router that is away, or has forgotten, has none: an
/// explanation never fails for want of them.
@Component
class Payloads {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Routers keep pieces of up to 64 KiB, a request and an answer per place. Read as a tree it takes many times that.
    private static final int LARGEST_BYTES = 1024 * 1024;

    /// No proxy: routers are inside the installation.
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /// Numbers stay as the nodes wrote them.
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Routers routers;
    private final PayloadProperties properties;

    Payloads(Routers routers, PayloadProperties properties) {
        this.routers = routers;
        this.properties = properties;
    }

    Optional<Payload> of(int router, String raceId) {
        return routers.internalUrl(router).flatMap(url -> ask(url, raceId));
    }

    private Optional<Payload> ask(URI router, String raceId) {
        var base = router.toString().replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + "/internal/races/" + raceId + "/payload"))
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + properties.serviceToken())
                .build();
        var asked = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BYTES));
        try {
            return read(asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | JacksonException away) {
            asked.cancel(true);
            return Optional.empty();
        }
    }

    private Optional<Payload> read(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return Optional.empty();
        }
        JsonNode kept = json.readTree(response.body());
        var request = kept.path("request");
        var answers = kept.path("answers");
        return request.isMissingNode() || !answers.isArray()
                ? Optional.empty()
                : Optional.of(new Payload(request, answers));
    }
}

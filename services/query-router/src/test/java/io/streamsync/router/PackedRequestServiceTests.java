package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Requests that clients pack.
class PackedRequestServiceTests extends StartedRouter {

    private static final String CALL = call("1", "getBalance", "[\"a\"]");

    @Test
    void takesAPackedRequest() throws IOException {
        var response = post(packed(CALL.getBytes(UTF_8)), "gzip");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"result\"");
    }

    @Test
    void boundsWhatARequestUnpacksTo() throws IOException {
        var just = call("1", "getBalance", "[\"" + "a".repeat(1024 * 1024 - CALL.length() - 1) + "\"]");
        assertThat(just.length()).isLessThanOrEqualTo(1024 * 1024);
        assertThat(post(packed(just.getBytes(UTF_8)), "gzip").statusCode()).isEqualTo(200);

        var bomb = post(packed(new byte[200 * 1024 * 1024]), "gzip");

        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(error(bomb).path("code").asInt()).isEqualTo(-31006);
    }

    @Test
    void refusesWhatIsNotPackedAsItSays() throws IOException {
        var packed = packed(CALL.getBytes(UTF_8));
        var damaged = packed.clone();
        damaged[packed.length - 6] ^= 1;
        for (var body : new byte[][] {
            CALL.getBytes(UTF_8), damaged, Arrays.copyOf(packed, packed.length - 9), Arrays.copyOf(packed, 5), {}
        }) {
            var response = post(body, "gzip");

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(error(response).path("code").asInt()).isEqualTo(-32700);
        }
        assertThat(error(post(packed, "br")).path("code").asInt()).isEqualTo(-32700);
    }

    private HttpResponse<String> post(byte[] body, String encoding) {
        return send(request(RICH).header("Content-Encoding", encoding).POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}

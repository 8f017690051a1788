package io.streamsync.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHeadersTests {

    @Test
    void takesCredentials() {
        var headers = Map.of("Authorization", "Bearer secret", "x-api-key", "k", "x".repeat(64), "v");

        assertThat(new OutboundHeaders(headers).values()).isEqualTo(headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "host",
                "Connection",
                "Keep-Alive",
                "Proxy-Authorization",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Expect",
                "Content-Length",
                "content-type",
                "Content-Anything",
                "Sec-WebSocket-Key",
                "X-StreamSync-Race",
                "Accept-Encoding",
                "",
                "a b",
                "a:b",
                "a\r\nb",
                "ä"
            })
    void refusesHeadersThatSteerTheConnectionOrTheContent(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundHeaders(Map.of(name, "v")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nHost: b", "a\nb", "a\rb", "a\u0000b", "a\tb", "ä", "a\u0085b"})
    void refusesValuesThatBreakOut(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundHeaders(Map.of("x-key", value)));
    }

    @Test
    void refusesTooManyTooLongAndTwice() {
        var many = new HashMap<String, String>();
        for (int i = 0; i < 21; i++) {
            many.put("x-" + i, "v");
        }

        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundHeaders(many));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundHeaders(Map.of("x".repeat(65), "v")));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundHeaders(Map.of("x-key", "v".repeat(2_001))));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundHeaders(Map.of("x-key", "v", "X-Key", "v")));
    }
}

package io.streamsync.outbound;

import java.util.Arrays;
import java.util.Optional;

/// The schemes that a node can be reached by.
public enum EndpointScheme {
    HTTP("http", 80, false),
    HTTPS("https", 443, false),
    WS("ws", 80, true),
    WSS("wss", 443, true);

    private final String text;
    private final int defaultPort;
    private final boolean webSocket;

    EndpointScheme(String text, int defaultPort, boolean webSocket) {
        this.text = text;
        this.defaultPort = defaultPort;
        this.webSocket = webSocket;
    }

    public String text() {
        return text;
    }

    public int defaultPort() {
        return defaultPort;
    }

    public boolean isWebSocket() {
        return webSocket;
    }

    static Optional<EndpointScheme> of(String text) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.text.equalsIgnoreCase(text))
                .findFirst();
    }
}

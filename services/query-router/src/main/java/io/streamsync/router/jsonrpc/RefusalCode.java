package io.streamsync.router.jsonrpc;

/// Why the router itself answers instead of a node (public interfaces, Queries). Its own codes lie outside Solana's.
public enum RefusalCode {
    REQUEST_TOO_LARGE(-31006, 413, "Request too large"),
    INVALID_KEY(-31001, 401, "Invalid API key"),
    PARSE_ERROR(-32700, 400, "Parse error"),
    INVALID_JSON_RPC(-32600, 400, "Invalid request"),
    INVALID_REQUEST(-31007, 400, "Invalid StreamSync header or parameter"),
    METHOD_NOT_FOUND(-32601, 200, "Method not found"),
    RATE_LIMITED(-31004, 429, "Rate limited"),
    NO_CAPABLE_NODE(-31003, 503, "No node sells this query on these terms"),
    INSUFFICIENT_CREDIT(-31002, 402, "Insufficient credit"),
    UNAVAILABLE(-31008, 503, "Temporarily unavailable"),
    NO_ANSWER(-31005, 504, "No node answered in time; nothing is charged");

    private final int code;
    private final int status;
    private final String message;

    RefusalCode(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    public int code() {
        return code;
    }

    /// The HTTP status of a single query that is refused so.
    public int status() {
        return status;
    }

    String message() {
        return message;
    }

    /// JSON-RPC's own codes carry no reason: clients know them from nodes.
    boolean isStandard() {
        return code <= -32000;
    }
}

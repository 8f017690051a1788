package io.streamsync.router.submission;

import io.streamsync.protocol.answer.NodeAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks one node what became of many transactions.
final class SignatureStatuses {

    /// So many signatures a node takes in one call.
    static final int MOST = 256;

    private static final String METHOD = "getSignatureStatuses";
    private static final JsonMapper JSON = JsonMapper.shared();

    private SignatureStatuses() {}

    enum Status {
        UNKNOWN,
        /// In a block that may yet be given up.
        PROCESSED,
        /// Also when it failed in its block: it is not run again.
        CONFIRMED
    }

    static byte[] request(long id, List<PendingTransaction> pending) {
        return pending.stream()
                .map(PendingTransaction::signature)
                .collect(Collectors.joining(
                        "\",\"",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + METHOD + "\",\"params\":[[\"",
                        "\"]]}"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// @return one per signature asked for; null when the bytes are no answer to that
    static @Nullable List<Status> read(byte[] body, long id, int signatures) {
        var answer = NodeAnswer.parse(body, METHOD, Long.toString(id));
        if (answer == null || answer.kind() != NodeAnswer.Kind.RESULT) {
            return null;
        }
        var value = JSON.readTree(answer.body(), answer.from(), answer.to() - answer.from())
                .path("value");
        if (!value.isArray() || value.size() != signatures) {
            return null;
        }
        var statuses = new ArrayList<Status>(signatures);
        value.forEach(entry -> statuses.add(status(entry)));
        return statuses;
    }

    private static Status status(JsonNode entry) {
        if (!entry.isObject()) {
            return Status.UNKNOWN;
        }
        return switch (entry.path("confirmationStatus").asString("")) {
            case "confirmed", "finalized" -> Status.CONFIRMED;
            default -> Status.PROCESSED;
        };
    }
}

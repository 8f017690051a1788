package io.streamsync.router.submission;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One transaction that is sent again until it is confirmed. Belongs to the loop of the rebroadcast.
final class PendingTransaction {

    private final String signature;
    private final byte[] request;
    private final List<NodeId> takers;
    private final Terms terms;
    private final long expiresAt;
    private int left;
    private long attendedAt;
    private boolean isWantedAgain;
    private @Nullable OperatorId confirmedBy;
    private int turn;

    /// @param takers nodes that accepted it
    /// @param sentAt when it was sent last
    /// @param expiresAt from when on it cannot be confirmed any more
    PendingTransaction(Transaction transaction, List<NodeId> takers, Terms terms, long sentAt, long expiresAt) {
        this.signature = transaction.signature();
        this.request = request(transaction);
        this.takers = List.copyOf(takers);
        this.terms = terms;
        this.left = transaction.maxRetries().orElse(Integer.MAX_VALUE);
        this.attendedAt = sentAt;
        this.expiresAt = expiresAt;
    }

    /// Without preflight: that it was processed by now would be an error there. The node need not repeat it either: the
    /// router does.
    private static byte[] request(Transaction transaction) {
        var text = Base64.getEncoder().encodeToString(transaction.bytes());
        return ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sendTransaction\",\"params\":[\"" + text
                        + "\",{\"encoding\":\"base64\",\"skipPreflight\":true,\"maxRetries\":0}]}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    String signature() {
        return signature;
    }

    byte[] request() {
        return request;
    }

    boolean isExpired(long now) {
        return now - expiresAt >= 0;
    }

    boolean isDue(long now, long everyNanos) {
        return (left > 0 || isWantedAgain) && now - attendedAt >= everyNanos;
    }

    /// Whoever sends a transaction again and again, as clients do that asked for no retries, has it sent again; not
    /// whoever repeats it at once.
    void wantAgain(long now, long everyNanos) {
        isWantedAgain = isWantedAgain || now - attendedAt >= everyNanos;
    }

    /// Looked after at this time, whether or not it has to be sent.
    void attended(long now) {
        attendedAt = now;
    }

    void sent() {
        if (left > 0) {
            left--;
        }
        isWantedAgain = false;
    }

    /// One operator's word only puts off: it could be made up.
    ///
    /// @return whether another operator had said so before
    boolean confirm(OperatorId by) {
        if (confirmedBy == null) {
            confirmedBy = by;
        }
        return !confirmedBy.equals(by);
    }

    void unconfirm() {
        confirmedBy = null;
    }

    /// The node that accepted it whose turn it is.
    NodeId nextTaker() {
        return takers.get(Math.floorMod(turn++, takers.size()));
    }

    boolean mayBeSeenBy(OperatorId operator) {
        return terms.allows(operator);
    }
}

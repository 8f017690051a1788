package io.streamsync.billing.charging;

import io.streamsync.billing.stream.StreamId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Does what is due on some streams, each in a transaction of its own: one that fails holds up no other.
@Component
class StreamByStream {

    private static final Logger log = LoggerFactory.getLogger(StreamByStream.class);

    private final TransactionTemplate transactions;

    StreamByStream(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    /// Throws nothing: whoever calls looks again.
    ///
    /// @param left what stays undone where it fails, for the log
    void attempt(Supplier<List<StreamId>> due, Consumer<StreamId> work, String left) {
        try {
            find(due).forEach(stream -> attempt(stream, work, left));
        } catch (RuntimeException e) {
            failed("all", left, e);
        }
    }

    private void attempt(StreamId stream, Consumer<StreamId> work, String left) {
        try {
            transactions.executeWithoutResult(_ -> work.accept(stream));
        } catch (RuntimeException e) {
            failed(stream.toString(), left, e);
        }
    }

    private List<StreamId> find(Supplier<List<StreamId>> due) {
        var found = transactions.execute(_ -> due.get());
        return found == null ? List.of() : found;
    }

    private static void failed(String stream, String left, RuntimeException reason) {
        log.atWarn()
                .setMessage(left + ", trying again")
                .addKeyValue("stream", stream)
                .addKeyValue("reason", reason.getMessage())
                .log();
    }
}

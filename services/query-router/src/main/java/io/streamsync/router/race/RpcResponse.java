package io.streamsync.router.race;

import io.streamsync.router.flow.LargeAnswer;
import io.streamsync.router.jsonrpc.JsonRpcResponse;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request comes to.
public sealed interface RpcResponse {

    int OK = 200;

    /// The HTTP status: a batch that is not refused whole is always answered with 200.
    int status();

    /// To be called once nobody reads the response's bytes any more, sent or not: till then they count as held.
    void written();

    /// @param race null when the query was refused before it raced
    /// @param retryAfterSeconds 0 where trying again later is not the advice
    /// @param onWritten gives back what the response's bytes hold
    /// @param rest the result where it is still on its way and the response has nothing in its place
    record Single(
            int status,
            JsonRpcResponse response,
            @Nullable RaceSummary race,
            int retryAfterSeconds,
            Runnable onWritten,
            @Nullable LargeAnswer rest)
            implements RpcResponse {

        Single(
                int status,
                JsonRpcResponse response,
                @Nullable RaceSummary race,
                int retryAfterSeconds,
                Runnable onWritten) {
            this(status, response, race, retryAfterSeconds, onWritten, null);
        }

        /// Trying again makes sense after this where a rate was too high.
        private static final int RATE_WINDOW_SECONDS = 1;

        static Single refused(Refusal refusal, byte[] id) {
            return refused(refusal, JsonRpcResponse.refusal(refusal, id));
        }

        /// A refusal of a request whose id is not known.
        public static Single refused(Refusal refusal) {
            return refused(refusal, JsonRpcResponse.refusal(refusal));
        }

        /// A refusal that ends at a known time.
        static Single refusedFor(int seconds, Refusal refusal, byte[] id) {
            return new Single(refusal.code().status(), JsonRpcResponse.refusal(refusal, id), null, seconds, () -> {});
        }

        /// The same of a query that has raced.
        Single after(RaceSummary itsRace, Runnable whenWritten) {
            return new Single(status, response, itsRace, retryAfterSeconds, whenWritten, rest);
        }

        private static Single refused(Refusal refusal, JsonRpcResponse response) {
            var retryAfter = refusal.code() == RefusalCode.RATE_LIMITED ? RATE_WINDOW_SECONDS : 0;
            return new Single(refusal.code().status(), response, null, retryAfter, () -> {});
        }

        @Override
        public void written() {
            onWritten.run();
        }
    }

    /// In the order of the request, without its notifications.
    ///
    /// @param chargedNano the sum
    /// @param latencyMicros of its slowest race
    /// @param onWritten gives back what the responses' bytes hold
    record Batch(
            String batchId,
            List<JsonRpcResponse> responses,
            long chargedNano,
            long latencyMicros,
            long balanceNano,
            Runnable onWritten)
            implements RpcResponse {

        public Batch {
            responses = List.copyOf(responses);
        }

        @Override
        public int status() {
            return OK;
        }

        @Override
        public void written() {
            onWritten.run();
        }
    }

    /// There were only notifications: JSON-RPC answers nothing.
    record Nothing() implements RpcResponse {

        @Override
        public int status() {
            return OK;
        }

        @Override
        public void written() {}
    }
}

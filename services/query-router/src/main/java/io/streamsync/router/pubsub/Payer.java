package io.streamsync.router.pubsub;

import io.netty.channel.EventLoop;
import io.streamsync.router.access.Credential;
import io.streamsync.router.pubsub.Meter.Unpaid;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Who pays for a subscription.
///
/// @param credential what the key may do now
/// @param ceilingNano the most that an ask may be charged at, whatever nodes ask; [Long#MAX_VALUE] for none
/// @param loop that the client is served on
/// @param unpaid called once, on the loop, when the subscription cannot go on; it is closed by then
record Payer(Supplier<Credential> credential, long ceilingNano, EventLoop loop, Consumer<Unpaid> unpaid) {

    String accountId() {
        return credential.get().accountId();
    }
}

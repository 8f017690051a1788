/// Solana's subscriptions. In: messages of clients' WebSockets. Out: answers with the client's ids, and notifications
/// from one healthy node per client, from another operator's when that one is lost (decision 19).
@NullMarked
package io.streamsync.router.pubsub;

import org.jspecify.annotations.NullMarked;

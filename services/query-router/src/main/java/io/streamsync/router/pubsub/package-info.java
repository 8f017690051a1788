/// Solana's subscriptions. In: messages of clients' WebSockets. Out: answers with the client's ids, and notifications
/// from one healthy node per client, from another operator's when that one is lost; the client notices nothing.
/// Decision
/// 19.
@NullMarked
package io.streamsync.router.pubsub;

import org.jspecify.annotations.NullMarked;

/// Solana's subscriptions. In: messages of clients' WebSockets. Out: answers with the client's ids, and notifications
/// from nodes of two operators that serve all equal subscriptions together, each thing told once (decision 33).
@NullMarked
package io.streamsync.router.pubsub;

import org.jspecify.annotations.NullMarked;

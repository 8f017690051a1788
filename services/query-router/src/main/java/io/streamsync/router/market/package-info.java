/// The market in memory. In: listings and reputations from Kafka. Out: the snapshot that races work from, published
/// before they do, with the nodes behind it.
@NullMarked
package io.streamsync.router.market;

import org.jspecify.annotations.NullMarked;

/// An outage of Kafka as an admin reads it. In: what Kafka's clients log. Out: the same without what they repeat
/// while they cannot reach it, and in its place a line now and then.
@NullMarked
package io.streamsync.outage;

import org.jspecify.annotations.NullMarked;

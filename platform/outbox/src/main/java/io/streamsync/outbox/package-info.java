/// Events leave and arrive in the transaction of their effect. In: facts of a service. Out: the same on Kafka,
/// in order, at least once; and for consumers, the word whether a fact is new.
@NullMarked
package io.streamsync.outbox;

import org.jspecify.annotations.NullMarked;

/// How far topics have been read. In: what Kafka says of them. Out: whether all is taken in that stood there at a time.
@NullMarked
package io.streamsync.billing.reading;

import org.jspecify.annotations.NullMarked;

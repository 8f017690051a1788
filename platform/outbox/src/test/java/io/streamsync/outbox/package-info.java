/// Tests of the outbox on real PostgreSQL and Kafka.
@NullMarked
package io.streamsync.outbox;

import org.jspecify.annotations.NullMarked;

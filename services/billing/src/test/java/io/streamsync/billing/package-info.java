/// Tests of billing on real PostgreSQL and Kafka.
@NullMarked
package io.streamsync.billing;

import org.jspecify.annotations.NullMarked;

/// Real PostgreSQL and Kafka for tests: containers where an engine answers, embedded otherwise; one each per JVM.
@NullMarked
package io.streamsync.testing;

import org.jspecify.annotations.NullMarked;

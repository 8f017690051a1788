/// Tests of what a log says of an outage of Kafka.
@NullMarked
package io.streamsync.outage;

import org.jspecify.annotations.NullMarked;

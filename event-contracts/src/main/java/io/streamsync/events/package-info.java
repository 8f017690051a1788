/// The facts that services tell one another over Kafka: records per producer, topics, golden JSON.
@NullMarked
package io.streamsync.events;

import org.jspecify.annotations.NullMarked;

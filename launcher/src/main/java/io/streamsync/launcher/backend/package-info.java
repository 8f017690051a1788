/// Real PostgreSQL and real Kafka as child processes, with the databases and topics that the services expect.
@NullMarked
package io.streamsync.launcher.backend;

import org.jspecify.annotations.NullMarked;

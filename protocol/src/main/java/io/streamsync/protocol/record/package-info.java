/// What a router writes down: addresses, race records, frames, and their documented bytes.
@NullMarked
package io.streamsync.protocol.record;

import org.jspecify.annotations.NullMarked;

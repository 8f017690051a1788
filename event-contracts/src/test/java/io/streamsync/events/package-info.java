/// Golden JSON of every event.
@NullMarked
package io.streamsync.events;

import org.jspecify.annotations.NullMarked;

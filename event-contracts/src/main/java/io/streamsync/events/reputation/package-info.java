/// What reputation tells: scores.
@NullMarked
package io.streamsync.events.reputation;

import org.jspecify.annotations.NullMarked;

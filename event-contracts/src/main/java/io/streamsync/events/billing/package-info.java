/// What billing tells: keys.
@NullMarked
package io.streamsync.events.billing;

import org.jspecify.annotations.NullMarked;

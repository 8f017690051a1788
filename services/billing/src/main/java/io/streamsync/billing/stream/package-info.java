/// Routers, their starts, and how far the stream of each start has been posted.
@NullMarked
package io.streamsync.billing.stream;

import org.jspecify.annotations.NullMarked;

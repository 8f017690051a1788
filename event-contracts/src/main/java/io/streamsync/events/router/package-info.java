/// What routers tell: snapshots, secrets.
@NullMarked
package io.streamsync.events.router;

import org.jspecify.annotations.NullMarked;

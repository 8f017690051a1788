/// The market as one thing: the services and routers, their start, their supervision and their status.
@NullMarked
package io.streamsync.launcher.market;

import org.jspecify.annotations.NullMarked;

/// The commands behind `./streamsync`: up, demo, down, status, verify, reconcile; each answers with an exit code and
/// one line per obstacle.
@NullMarked
package io.streamsync.launcher;

import org.jspecify.annotations.NullMarked;

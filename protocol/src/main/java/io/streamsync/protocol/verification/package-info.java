/// What the checkers' answers say of the winner's. In: judged answers. Out: the status of the race.
@NullMarked
package io.streamsync.protocol.verification;

import org.jspecify.annotations.NullMarked;

/// What the later answers prove. In: what every place of a race said. Out: the status of the race and a result for each
/// place, by the rules of the protocol; pure.
@NullMarked
package io.streamsync.router.verification;

import org.jspecify.annotations.NullMarked;

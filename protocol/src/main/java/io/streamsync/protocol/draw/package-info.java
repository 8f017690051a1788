/// Who is asked. In: snapshot, the customer's terms, random numbers. Out: the places, replayable by anyone.
@NullMarked
package io.streamsync.protocol.draw;

import org.jspecify.annotations.NullMarked;

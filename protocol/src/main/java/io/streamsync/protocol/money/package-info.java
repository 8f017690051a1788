/// Amounts of one asset in integers. In: decimal strings at the edges. Out: nano-units, and back.
@NullMarked
package io.streamsync.protocol.money;

import org.jspecify.annotations.NullMarked;

/// Who gets what of a fee. In: the fee and the parameters. Out: shares that add up to it.
@NullMarked
package io.streamsync.protocol.fee;

import org.jspecify.annotations.NullMarked;

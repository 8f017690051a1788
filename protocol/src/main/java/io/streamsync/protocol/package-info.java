/// The rules of the market as pure functions: no Spring, no I/O, no clock and no randomness of its own.
@NullMarked
package io.streamsync.protocol;

import org.jspecify.annotations.NullMarked;

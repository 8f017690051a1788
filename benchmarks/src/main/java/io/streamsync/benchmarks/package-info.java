/// Speed side by side with what one would use instead, measured in one run on one machine.
@NullMarked
package io.streamsync.benchmarks;

import org.jspecify.annotations.NullMarked;

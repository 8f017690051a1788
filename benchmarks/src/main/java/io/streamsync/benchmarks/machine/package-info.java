/// What the processes of a run took of the machine, seen from outside.
@NullMarked
package io.streamsync.benchmarks.machine;

import org.jspecify.annotations.NullMarked;

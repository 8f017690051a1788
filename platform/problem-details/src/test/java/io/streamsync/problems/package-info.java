/// Tests of refusals over real HTTP.
@NullMarked
package io.streamsync.problems;

import org.jspecify.annotations.NullMarked;

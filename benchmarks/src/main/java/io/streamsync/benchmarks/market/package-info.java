/// A whole market around the router that is measured, with scripted operators who came in by the public interfaces.
@NullMarked
package io.streamsync.benchmarks.market;

import org.jspecify.annotations.NullMarked;

/// The demo: devnet's nodes, operators who enrol over the public API, a customer who asks, and a story with real
/// numbers.
@NullMarked
package io.streamsync.launcher.demo;

import org.jspecify.annotations.NullMarked;

/// What is for sale: query classes, the methods of each, asks, and the snapshot that every decision starts from.
@NullMarked
package io.streamsync.protocol.market;

import org.jspecify.annotations.NullMarked;

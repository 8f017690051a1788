/// What onlookers see. In: the snapshot, and billing's word on the last day. Out: the market and the network at one
/// look, as values.
@NullMarked
package io.streamsync.router.pages;

import org.jspecify.annotations.NullMarked;

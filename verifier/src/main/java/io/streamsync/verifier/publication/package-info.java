/// What anybody can fetch of a market. In: its URL. Out: settlements, leaves, epochs, snapshots, parameters, proofs.
@NullMarked
package io.streamsync.verifier.publication;

import org.jspecify.annotations.NullMarked;

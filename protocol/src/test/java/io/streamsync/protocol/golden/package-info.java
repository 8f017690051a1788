/// Golden vectors: inputs and outputs as files, so that an independent implementation can check itself.
@NullMarked
package io.streamsync.protocol.golden;

import org.jspecify.annotations.NullMarked;

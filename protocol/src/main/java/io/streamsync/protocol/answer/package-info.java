/// What a node said. In: the bytes of a node's answer. Out: content, empty, the request's own error, or a failure.
@NullMarked
package io.streamsync.protocol.answer;

import org.jspecify.annotations.NullMarked;

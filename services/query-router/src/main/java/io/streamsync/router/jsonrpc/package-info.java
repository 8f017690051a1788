/// The JSON-RPC envelope. In: a request's bytes. Out: calls with spans of those bytes, and responses that carry the
/// client's id and the winner's bytes unchanged.
@NullMarked
package io.streamsync.router.jsonrpc;

import org.jspecify.annotations.NullMarked;

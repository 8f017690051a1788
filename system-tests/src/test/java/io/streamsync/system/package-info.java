/// Stories over the running market, asked and asserted from outside only: the script, the public interfaces, real
/// clients.
@NullMarked
package io.streamsync.system;

import org.jspecify.annotations.NullMarked;

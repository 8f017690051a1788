/// How far the chain is. In: the slots that nodes told. Out: which slots an answer can plausibly have.
@NullMarked
package io.streamsync.protocol.tip;

import org.jspecify.annotations.NullMarked;

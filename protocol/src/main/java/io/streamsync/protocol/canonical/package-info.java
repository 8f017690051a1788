/// One text and one name per value. In: maps, lists, strings, small integers. Out: canonical bytes and their SHA-256.
@NullMarked
package io.streamsync.protocol.canonical;

import org.jspecify.annotations.NullMarked;

/// Decides which of the URLs that strangers give may be called, and calls them within limits. In: URLs, headers. Out:
/// checked addresses and answers, or a sentence why not.
@NullMarked
package io.streamsync.outbound;

import org.jspecify.annotations.NullMarked;

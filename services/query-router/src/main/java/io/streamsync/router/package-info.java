/// The query-router: the market's edge, where queries are drawn, raced, answered and recorded.
@NullMarked
package io.streamsync.router;

import org.jspecify.annotations.NullMarked;

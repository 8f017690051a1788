/// Tests of what becomes of transactions.
@NullMarked
package io.streamsync.router.submission;

import org.jspecify.annotations.NullMarked;

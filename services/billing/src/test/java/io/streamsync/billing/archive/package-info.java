/// Tests of the archive.
@NullMarked
package io.streamsync.billing.archive;

import org.jspecify.annotations.NullMarked;

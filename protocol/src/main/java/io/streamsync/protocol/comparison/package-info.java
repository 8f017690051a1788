/// Whether two answers to one request agree, by the method's rule.
@NullMarked
package io.streamsync.protocol.comparison;

import org.jspecify.annotations.NullMarked;
